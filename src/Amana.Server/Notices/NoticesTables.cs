using Amana.Server.Access;
using Amana.Server.Data;
using Amana.Server.Foundation;
using Amana.Vocabulary;
using Microsoft.EntityFrameworkCore;

namespace Amana.Server.Notices;

/// <summary>Tables of notices, and the queries that start from what a caller may see.</summary>
internal static class NoticesTables
{
    extension(AmanaDb db)
    {
        public DbSet<Notice> Notices => db.Set<Notice>();
        public DbSet<NoticeStep> NoticeSteps => db.Set<NoticeStep>();
        public DbSet<NoticeAnswer> NoticeAnswers => db.Set<NoticeAnswer>();
        public DbSet<NoticePicture> NoticePictures => db.Set<NoticePicture>();
        public DbSet<NoticeEdition> NoticeEditions => db.Set<NoticeEdition>();
        public DbSet<NoticeAddendum> NoticeAddenda => db.Set<NoticeAddendum>();
        public DbSet<NoticeCopy> NoticeCopies => db.Set<NoticeCopy>();
        public DbSet<NoticeMailing> NoticeMailings => db.Set<NoticeMailing>();
        public DbSet<NoticeOrigin> NoticeOrigins => db.Set<NoticeOrigin>();
        public DbSet<ToldHit> ToldHits => db.Set<ToldHit>();
        public DbSet<HitAbroad> HitsAbroad => db.Set<HitAbroad>();
        public DbSet<Sighting> Sightings => db.Set<Sighting>();
        public DbSet<PersonWatch> PersonWatches => db.Set<PersonWatch>();
        public DbSet<WatchAlert> WatchAlerts => db.Set<WatchAlert>();
        public DbSet<NoticeSerial> NoticeSerials => db.Set<NoticeSerial>();
        public DbSet<RefusedRequest> RefusedRequests => db.Set<RefusedRequest>();
        public DbSet<Protection> Protections => db.Set<Protection>();
        public DbSet<BureauMeasure> BureauMeasures => db.Set<BureauMeasure>();
    }

    /// <summary>What the caller may see: of the own bureau what the caller works on, of others what is in force for it. What a reader
    /// may not see is not there for that reader.</summary>
    public static IQueryable<Notice> VisibleTo(this IQueryable<Notice> notices, Caller caller)
    {
        bool drafts = caller.Has(Right.DraftNotices);
        bool works = drafts || caller.Has(Right.PublishNotices);
        bool reviews = caller.Has(Right.ReviewNotices);
        string own = $",{caller.Bureau},";
        var bureau = caller.Bureau;
        return notices.Where(n =>
            (n.Bureau == bureau && drafts && n.State == NoticeState.Draft)
            || (reviews && n.State != NoticeState.Draft)
            || (n.Bureau == bureau && works && n.State != NoticeState.Draft && n.State != NoticeState.Blocked)
            || (n.Bureau == bureau && (n.State == NoticeState.Published || n.State == NoticeState.Suspended))
            // The same rule as Notice.IsThereFor.
            || (n.State == NoticeState.Published && !n.Excluded.Contains(own) && (n.Form == NoticeForm.Notice || n.Recipients.Contains(own))));
    }

    public static void AddTo(ModelBuilder model)
    {
        model.Entity<Notice>(notice =>
        {
            notice.ToTable("notices");
            notice.HasKey(n => n.Id);
            notice.Property(n => n.Reference).HasMaxLength(NoticeReference.CharsMax);
            notice.Property(n => n.Bureau).HasConversion(b => b.Value, text => BureauCode.Of(text)).HasMaxLength(6);
            notice.Property(n => n.Author).HasMaxLength(80);
            notice.Property(n => n.ApprovedBy).HasMaxLength(80);
            notice.Property(n => n.PublishedBy).HasMaxLength(80);
            notice.Property(n => n.RenewalAskedBy).HasMaxLength(80);
            notice.Property(n => n.RefusedBy).HasMaxLength(80);
            notice.Property(n => n.Version).IsConcurrencyToken();
            notice.Property(n => n.PublicId).HasMaxLength(20);
            notice.Property(n => n.Amends);
            notice.HasIndex(n => n.Reference).IsUnique();
            notice.HasIndex(n => n.Amends);
            notice.HasIndex(n => n.LookBackFrom);
            notice.HasIndex(n => new { n.State, n.ChangedAt });
            notice.Ignore(n => n.Content).Ignore(n => n.Names).Ignore(n => n.Rules).Ignore(n => n.Caption).Ignore(n => n.CaptionOriginal);
        });
        model.Entity<NoticeStep>(step =>
        {
            step.ToTable("notice_steps");
            step.HasKey(s => s.Id);
            step.HasIndex(s => new { s.Notice, s.At });
            step.Property(s => s.By).HasMaxLength(80);
            step.Ignore(s => s.Reason);
        });
        model.Entity<NoticeAnswer>(answer =>
        {
            answer.ToTable("notice_answers");
            answer.HasKey(a => a.Id);
            answer.HasIndex(a => a.Notice);
            answer.Property(a => a.By).HasMaxLength(80);
            answer.Ignore(a => a.Text);
        });
        model.Entity<NoticePicture>(picture =>
        {
            picture.ToTable("notice_pictures");
            picture.HasKey(p => p.Id);
            picture.HasIndex(p => new { p.Notice, p.Number }).IsUnique();
            picture.Ignore(p => p.Bytes);
        });
        model.Entity<NoticeSerial>(serial => { serial.ToTable("notice_serials"); serial.HasKey(s => new { s.Scope, s.Year }); serial.Property(s => s.Last).IsConcurrencyToken(); });
        AddMemories(model);
        AddBeside(model);
        AddCopies(model);
        WatchTables.AddTo(model);
    }

    // What stands beside a notice.
    private static void AddBeside(ModelBuilder model)
    {
        model.Entity<NoticeEdition>(edition =>
        {
            edition.ToTable("notice_editions");
            edition.HasKey(e => e.Id);
            edition.HasIndex(e => new { e.Notice, e.Number }).IsUnique();
            edition.Ignore(e => e.Content);
        });
        model.Entity<NoticeAddendum>(addendum =>
        {
            addendum.ToTable("notice_addenda");
            addendum.HasKey(a => a.Id);
            addendum.HasIndex(a => a.Notice);
            addendum.Property(a => a.ReplacedBy);
            addendum.Property(a => a.Bureau).HasMaxLength(6);
            addendum.Property(a => a.By).HasMaxLength(80);
            addendum.Ignore(a => a.Texts);
        });
        model.Entity<Sighting>(sighting =>
        {
            sighting.ToTable("notice_sightings");
            sighting.HasKey(s => s.Id);
            sighting.HasIndex(s => s.Notice);
            sighting.Property(s => s.Bureau).HasMaxLength(6);
            sighting.Property(s => s.By).HasMaxLength(80);
            sighting.Ignore(s => s.Where).Ignore(s => s.Text);
        });
    }

    // What goes to other bureaus, and what comes of them.
    private static void AddCopies(ModelBuilder model)
    {
        model.Entity<NoticeCopy>(copy =>
        {
            copy.ToTable("notice_copies");
            copy.HasKey(c => new { c.Notice, c.Bureau });
            copy.Property(c => c.Bureau).HasConversion(b => b.Value, text => BureauCode.Of(text)).HasMaxLength(6);
            copy.Property(c => c.Hash).HasMaxLength(80);
        });
        model.Entity<NoticeMailing>(mailing => { mailing.ToTable("notice_mailings"); mailing.HasKey(m => m.Notice); });
        model.Entity<NoticeOrigin>(origin =>
        {
            origin.ToTable("notice_origins");
            origin.HasKey(o => o.Notice);
            origin.Property(o => o.Bureau).HasConversion(b => b.Value, text => BureauCode.Of(text)).HasMaxLength(6);
            origin.Property(o => o.Version).IsConcurrencyToken();
        });
        model.Entity<ToldHit>(told =>
        {
            told.ToTable("notice_told_hits");
            told.HasKey(t => new { t.Notice, t.Hit });
            told.Property(t => t.Hit).HasMaxLength(40);
            told.Property(t => t.Number).IsConcurrencyToken();
        });
        model.Entity<HitAbroad>(hit =>
        {
            hit.ToTable("notice_hits_abroad");
            hit.HasKey(h => new { h.Notice, h.Bureau, h.Hit });
            hit.Property(h => h.Bureau).HasConversion(b => b.Value, text => BureauCode.Of(text)).HasMaxLength(6);
            hit.Property(h => h.Hit).HasMaxLength(40);
            hit.HasIndex(h => h.SeenAt);
        });
    }

    private static void AddMemories(ModelBuilder model)
    {
        model.Entity<RefusedRequest>(refused =>
        {
            refused.ToTable("refused_requests");
            refused.HasKey(r => r.Id);
            refused.OwnsMany(r => r.Keys, key => { key.ToTable("refused_request_keys"); key.WithOwner().HasForeignKey("Request"); key.HasKey("Request", nameof(RequestKey.Key)); key.HasIndex(k => k.Key); });
        });
        model.Entity<Protection>(protection =>
        {
            protection.ToTable("protections");
            protection.HasKey(p => p.Id);
            protection.Ignore(p => p.ConfirmedBy);
            protection.OwnsMany(p => p.Keys, key => { key.ToTable("protection_keys"); key.WithOwner().HasForeignKey("Protection"); key.HasKey("Protection", nameof(RequestKey.Key)); key.HasIndex(k => k.Key); });
        });
        model.Entity<BureauMeasure>(measure => { measure.ToTable("bureau_measures"); measure.HasKey(m => m.Bureau); measure.Property(m => m.Bureau).HasMaxLength(6); });
    }
}
