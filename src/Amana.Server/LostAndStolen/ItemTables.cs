using Amana.Server.Access;
using Amana.Server.Data;
using Amana.Vocabulary;
using Microsoft.EntityFrameworkCore;

namespace Amana.Server.LostAndStolen;

/// <summary>Tables of reported items, and the queries that start from what a caller may see.</summary>
internal static class ItemTables
{
    extension(AmanaDb db)
    {
        public DbSet<ReportedItem> Items => db.Set<ReportedItem>();
        public DbSet<ItemNumber> ItemNumbers => db.Set<ItemNumber>();
        public DbSet<ItemSerial> ItemSerials => db.Set<ItemSerial>();
        public DbSet<OwnerQuestion> OwnerQuestions => db.Set<OwnerQuestion>();
    }

    /// <summary>Own ones, whatever their state; of others, what is in force.</summary>
    public static IQueryable<ReportedItem> VisibleTo(this IQueryable<ReportedItem> items, Caller caller)
    {
        var own = caller.Bureau;
        return items.Where(i => i.Bureau == own || i.State == ItemState.InForce);
    }

    public static void AddTo(ModelBuilder model)
    {
        model.Entity<ReportedItem>(item =>
        {
            item.ToTable("reported_items");
            item.HasKey(i => i.Id);
            item.Property(i => i.Reference).HasMaxLength(30);
            item.Property(i => i.Bureau).HasConversion(b => b.Value, text => BureauCode.Of(text)).HasMaxLength(6);
            item.Property(i => i.Fraud).HasMaxLength(20);
            item.Property(i => i.EnteredBy).HasMaxLength(80);
            item.Property(i => i.Reason).HasMaxLength(20);
            item.HasIndex(i => i.Reference).IsUnique();
            item.HasIndex(i => new { i.Bureau, i.Kind, i.EnteredAt });
            item.HasIndex(i => i.KeptUntil);
            item.Ignore(i => i.Facts);
            item.HasMany(i => i.Numbers).WithOne(n => n.Of).HasForeignKey(n => n.Item).OnDelete(DeleteBehavior.Cascade);
        });
        model.Entity<ItemNumber>(number =>
        {
            number.ToTable("item_numbers");
            number.HasKey(n => n.Key);
            number.Property(n => n.Key).HasColumnName("key").ValueGeneratedOnAdd();
            number.Property(n => n.Item).HasColumnName("item");
            number.Property(n => n.Kind).HasColumnName("kind").HasConversion(kind => (int)kind, i => (ItemKind)i);
            number.Property(n => n.Field).HasColumnName("field").HasMaxLength(20);
            number.Property(n => n.Value).HasColumnName("value").HasMaxLength(40);
            number.Property(n => n.Issuer).HasColumnName("issuer").HasMaxLength(3);
            number.HasIndex(n => new { n.Kind, n.Value });
        });
        model.Entity<ItemSerial>(serial =>
        {
            serial.ToTable("item_serials");
            serial.HasKey(s => new { s.Scope, s.Year });
            serial.Property(s => s.Scope).HasMaxLength(12);
        });
        model.Entity<OwnerQuestion>(question =>
        {
            question.ToTable("owner_questions");
            question.HasKey(q => q.Id);
            question.Property(q => q.AskedBy).HasConversion(b => b.Value, text => BureauCode.Of(text)).HasMaxLength(6);
            question.Property(q => q.Owner).HasConversion(b => b.Value, text => BureauCode.Of(text)).HasMaxLength(6);
            question.Property(q => q.ItemReference).HasMaxLength(30);
            question.Property(q => q.Agreement).HasMaxLength(40);
            question.Ignore(q => q.Words);
            question.Property(q => q.Officer).HasMaxLength(80);
            question.HasIndex(q => q.Item);
            question.HasIndex(q => new { q.Owner, q.Answer, q.AskedAt });
            question.HasIndex(q => new { q.AskedBy, q.AskedAt });
        });
    }
}
