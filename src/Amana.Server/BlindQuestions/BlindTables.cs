using Amana.Server.BlindQuestions.Asked;
using Amana.Server.BlindQuestions.Asking;
using Amana.Server.Data;
using Amana.Server.Foundation;
using Amana.Vocabulary;
using Microsoft.EntityFrameworkCore;

namespace Amana.Server.BlindQuestions;

internal static class BlindTables
{
    extension(AmanaDb db)
    {
        public DbSet<BlindTerms> BlindTerms => db.Set<BlindTerms>();
        public DbSet<OpenForBlind> OpenForBlind => db.Set<OpenForBlind>();
        public DbSet<BlindAsk> BlindAsks => db.Set<BlindAsk>();
    }

    public static void AddTo(ModelBuilder model)
    {
        model.Entity<BlindTerms>(terms =>
        {
            terms.ToTable("blind_terms");
            terms.HasKey(t => t.Bureau);
            terms.Property(t => t.Bureau).HasConversion(b => b.Value, text => BureauCode.Of(text)).HasMaxLength(6);
            terms.Property(t => t.Reason).HasMaxLength(WrittenReason.CharsMost);
            terms.Ignore(t => t.Shut);
            terms.Property(t => t.CountedToday).IsConcurrencyToken();
        });
        model.Entity<OpenForBlind>(open =>
        {
            open.ToTable("blind_lists");
            open.HasKey(o => o.List);
            open.Property(o => o.List).HasMaxLength(100);
        });
        model.Entity<BlindAsk>(ask =>
        {
            ask.ToTable("blind_asks");
            ask.HasKey(a => a.Id);
            ask.Property(a => a.Reference).HasMaxLength(20);
            ask.Property(a => a.AskedBy).HasMaxLength(80);
            ask.Property(a => a.Purpose).HasMaxLength(40);
            ask.Ignore(a => a.About);
            ask.HasIndex(a => a.Reference).IsUnique();
            ask.HasIndex(a => new { a.AskedBy, a.AskedAt });
            ask.HasIndex(a => a.IsDone);
            ask.HasMany(a => a.Replies).WithOne().HasForeignKey(r => r.Ask).OnDelete(DeleteBehavior.Cascade);
        });
        model.Entity<BlindReply>(reply =>
        {
            reply.ToTable("blind_replies");
            reply.HasKey(r => new { r.Ask, r.Bureau });
            reply.Property(r => r.Bureau).HasConversion(b => b.Value, text => BureauCode.Of(text)).HasMaxLength(6);
            reply.Property(r => r.Word).HasMaxLength(40);
        });
    }
}
