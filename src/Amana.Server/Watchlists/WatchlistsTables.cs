using Amana.Server.Data;
using Microsoft.EntityFrameworkCore;

namespace Amana.Server.Watchlists;

/// <summary>Tables of lists and their entities. Columns of the large tables carry names that need no quotes, because they
/// are also written with plain SQL.</summary>
internal static class WatchlistsTables
{
    extension(AmanaDb db)
    {
        public DbSet<WatchList> Lists => db.Set<WatchList>();
        public DbSet<ListVersion> ListVersions => db.Set<ListVersion>();
        public DbSet<StoredEntity> StoredEntities => db.Set<StoredEntity>();
    }

    /// <summary>The entities of one version of one list.</summary>
    public static IQueryable<StoredEntity> In(this IQueryable<StoredEntity> entities, int list, int version) =>
        entities.Where(e => e.List == list && e.FromVersion <= version && (e.ToVersion == null || e.ToVersion > version));

    public static void AddTo(ModelBuilder model)
    {
        model.Entity<WatchList>(list =>
        {
            list.ToTable("lists");
            list.HasKey(l => l.Number);
            list.Property(l => l.Number).ValueGeneratedOnAdd();
            list.Property(l => l.Name).HasMaxLength(WatchList.NameCharsMax);
            list.Property(l => l.Title).HasMaxLength(WatchList.TitleCharsMax);
            list.HasIndex(l => l.Name).IsUnique();
        });
        model.Entity<ListVersion>(version =>
        {
            version.ToTable("list_versions");
            version.HasKey(v => new { v.List, v.Number });
            version.Property(v => v.Label).HasMaxLength(40);
        });
        model.Entity<StoredEntity>(entity =>
        {
            entity.ToTable("list_entities");
            entity.HasKey(e => e.Key);
            entity.Property(e => e.Key).HasColumnName("key").ValueGeneratedOnAdd();
            entity.Property(e => e.List).HasColumnName("list");
            entity.Property(e => e.Id).HasColumnName("id").HasMaxLength(StoredEntity.IdCharsMax);
            entity.Property(e => e.Hash).HasColumnName("hash");
            entity.Property(e => e.Body).HasColumnName("body");
            entity.Property(e => e.FromVersion).HasColumnName("from_version");
            entity.Property(e => e.ToVersion).HasColumnName("to_version");
            entity.Property(e => e.Replaces).HasColumnName("replaces");
            entity.HasIndex(e => new { e.List, e.Id, e.FromVersion }).IsUnique();
            entity.HasIndex(e => new { e.List, e.Key });
            entity.HasIndex(e => new { e.List, e.ToVersion }).HasFilter("to_version IS NOT NULL");
        });
    }
}
