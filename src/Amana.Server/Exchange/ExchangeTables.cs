using Amana.Server.Data;
using Amana.Server.Exchange.Book;
using Amana.Server.Exchange.Keys;
using Amana.Server.Exchange.Post;
using Amana.Server.Exchange.Relay;
using Amana.Server.Foundation;
using Amana.Vocabulary;
using Microsoft.EntityFrameworkCore;

namespace Amana.Server.Exchange;

internal static class ExchangeTables
{
    extension(AmanaDb db)
    {
        public DbSet<Correspondent> Correspondents => db.Set<Correspondent>();
        public DbSet<HeldDirectory> Directories => db.Set<HeldDirectory>();
        public DbSet<SignerProposal> SignerProposals => db.Set<SignerProposal>();
        public DbSet<SignerChange> SignerChanges => db.Set<SignerChange>();
        public DbSet<PostedLetter> PostedLetters => db.Set<PostedLetter>();
        public DbSet<Delivery> Deliveries => db.Set<Delivery>();
        public DbSet<RelayedEnvelope> RelayedEnvelopes => db.Set<RelayedEnvelope>();
        public DbSet<ArrivedLetter> ArrivedLetters => db.Set<ArrivedLetter>();
    }

    public static void AddTo(ModelBuilder model)
    {
        AddBook(model);
        AddPost(model);
    }

    private static void AddBook(ModelBuilder model)
    {
        model.Entity<OwnKey>(key =>
        {
            key.ToTable("own_keys");
            key.HasKey(k => k.Name);
            key.Property(k => k.Name).HasMaxLength(60);
            key.Ignore(k => k.Secret);
        });
        model.Entity<HeldDirectory>(directory =>
        {
            directory.ToTable("directories");
            directory.HasKey(d => d.Number);
            directory.Property(d => d.Number).ValueGeneratedNever();
            directory.Property(d => d.SignerName).HasMaxLength(60);
            directory.Property(d => d.Version).IsConcurrencyToken();
            directory.Ignore(d => d.Signer);
        });
        model.Entity<SignerProposal>(proposal =>
        {
            proposal.ToTable("signer_proposals");
            proposal.HasKey(p => p.Number);
            proposal.Property(p => p.Number).ValueGeneratedNever();
            proposal.Property(p => p.KeyName).HasMaxLength(60);
            proposal.Property(p => p.Reason).HasMaxLength(WrittenReason.CharsMost);
            proposal.Property(p => p.ProposedBy).HasMaxLength(80);
        });
        model.Entity<SignerChange>(change =>
        {
            change.ToTable("signer_changes");
            change.HasKey(c => c.Version);
            change.Property(c => c.Version).ValueGeneratedNever();
        });
        model.Entity<Correspondent>(other =>
        {
            other.ToTable("correspondents");
            other.HasKey(c => c.Bureau);
            other.Property(c => c.Bureau).HasConversion(b => b.Value, text => BureauCode.Of(text)).HasMaxLength(6);
            other.Property(c => c.RefusedFor).HasMaxLength(WrittenReason.CharsMost);
            other.Property(c => c.LimitedFor).HasMaxLength(WrittenReason.CharsMost);
            other.Property(c => c.ComparedWords).HasMaxLength(60);
        });
        model.Entity<OwnContact>(contact =>
        {
            contact.ToTable("own_contact");
            contact.HasKey(c => c.Number);
            contact.Property(c => c.Number).ValueGeneratedNever();
        });
        model.Entity<PendingCard>(card =>
        {
            card.ToTable("pending_cards");
            card.HasKey(c => c.Bureau);
            card.Property(c => c.Bureau).HasConversion(b => b.Value, text => BureauCode.Of(text)).HasMaxLength(6);
        });
    }

    private static void AddPost(ModelBuilder model)
    {
        model.Entity<PostedLetter>(letter =>
        {
            letter.ToTable("letters_out");
            letter.HasKey(l => l.Id);
            letter.Property(l => l.Kind).HasMaxLength(40);
            letter.Ignore(l => l.SignedForm);
        });
        model.Entity<Delivery>(delivery =>
        {
            delivery.ToTable("deliveries");
            delivery.HasKey(d => d.Number);
            delivery.Property(d => d.Peer).HasConversion(b => b.Value, text => BureauCode.Of(text)).HasMaxLength(6);
            delivery.Property(d => d.Fault).HasMaxLength(80);
            delivery.Property(d => d.GivenUpFor).HasMaxLength(WrittenReason.CharsMost);
            delivery.HasOne<PostedLetter>().WithMany().HasForeignKey(d => d.Letter);
            // The head of a queue is one step in this index, however long the queue is.
            delivery.HasIndex(d => new { d.State, d.Peer, d.Number });
            delivery.HasIndex(d => new { d.Letter, d.Peer }).IsUnique();
        });
        model.Entity<RelayedEnvelope>(held =>
        {
            held.ToTable("relayed_envelopes");
            held.HasKey(e => e.Hash);
            held.Property(e => e.Hash).HasMaxLength(64);
            held.Property(e => e.From).HasConversion(b => b.Value, text => BureauCode.Of(text)).HasMaxLength(6);
            held.Property(e => e.To).HasConversion(b => b.Value, text => BureauCode.Of(text)).HasMaxLength(6);
            held.Property(e => e.Refusal).HasMaxLength(80);
            held.HasIndex(e => new { e.DoneAt, e.To, e.At });
        });
        model.Entity<ArrivedLetter>(letter =>
        {
            letter.ToTable("letters_in");
            letter.HasKey(l => new { l.From, l.Id });
            letter.Property(l => l.From).HasConversion(b => b.Value, text => BureauCode.Of(text)).HasMaxLength(6);
            letter.Property(l => l.Kind).HasMaxLength(40);
            letter.Ignore(l => l.SignedForm);
        });
    }
}
