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
        public DbSet<ListSource> ListSources => db.Set<ListSource>();
        public DbSet<ImportRun> Runs => db.Set<ImportRun>();
        public DbSet<RejectedRecord> RejectedRows => db.Set<RejectedRecord>();
        public DbSet<ListChange> ListChanges => db.Set<ListChange>();
        public DbSet<RunLogLine> RunLog => db.Set<RunLogLine>();
    }

    /// <summary>The entities of one version of one list.</summary>
    public static IQueryable<StoredEntity> In(this IQueryable<StoredEntity> entities, int list, int version) =>
        entities.Where(e => e.List == list && e.FromVersion <= version && (e.ToVersion == null || e.ToVersion > version));

    /// <summary>What one version says of them.</summary>
    public static IQueryable<EntityState> AsAt(this IQueryable<StoredEntity> entities, int version) =>
        entities.Select(e => new EntityState(e.Id, e.Body, e.SeenFrom <= version ? e.LastSeen : e.SeenBefore));

    /// <summary>The run of that reference; null when there is none.</summary>
    public static Task<ImportRun?> ByReferenceAsync(this DbSet<ImportRun> runs, RunReference reference, CancellationToken cancel) =>
        runs.SingleOrDefaultAsync(r => r.Year == reference.Year && r.Serial == reference.Serial, cancel);

    /// <summary>Those that wait, work or rest.</summary>
    public static IQueryable<ImportRun> NotOver(this IQueryable<ImportRun> runs) => runs.Where(r =>
        r.State == RunState.Queued || r.State == RunState.Running || r.State == RunState.Paused || r.State == RunState.Waiting);

    /// <summary>Those that were not removed.</summary>
    public static IQueryable<WatchList> InUse(this IQueryable<WatchList> lists) => lists.Where(l => l.RemovedAt == null);

    public static void AddTo(ModelBuilder model)
    {
        AddLists(model);
        AddEntities(model);
        AddRuns(model);
    }

    private static void AddLists(ModelBuilder model)
    {
        model.Entity<WatchList>(list =>
        {
            list.ToTable("lists");
            list.HasKey(l => l.Number);
            list.Property(l => l.Number).ValueGeneratedOnAdd();
            list.Property(l => l.Name).HasMaxLength(WatchList.NameCharsMax);
            list.Property(l => l.Title).HasMaxLength(WatchList.TitleCharsMax);
            list.Property(l => l.RemovedBy).HasMaxLength(80);
            list.Property(l => l.RemoveReason).HasMaxLength(WatchList.ReasonCharsMax);
            list.HasIndex(l => l.Name).IsUnique();
        });
        model.Entity<ListVersion>(version =>
        {
            version.ToTable("list_versions");
            version.HasKey(v => new { v.List, v.Number });
            version.Property(v => v.Label).HasMaxLength(40);
        });
        model.Entity<ListSource>(source =>
        {
            source.ToTable("list_sources");
            source.HasKey(s => s.List);
            source.Property(s => s.List).ValueGeneratedNever();
            source.HasOne(s => s.Of).WithOne().HasForeignKey<ListSource>(s => s.List);
            source.Property(s => s.Address).HasMaxLength(ListSource.AddressCharsMax);
            source.Property(s => s.Schedule).HasMaxLength(20)
                .HasConversion(s => s == null ? null : s.ToString(), text => text == null ? null : Schedule.Parse(text, null));
            source.Ignore(s => s.Addresses);
        });
    }

    private static void AddEntities(ModelBuilder model) =>
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
            entity.Property(e => e.LastSeen).HasColumnName("last_seen");
            entity.Property(e => e.SeenFrom).HasColumnName("seen_from");
            entity.Property(e => e.SeenBefore).HasColumnName("seen_before");
            entity.HasIndex(e => new { e.List, e.Id, e.FromVersion }).IsUnique();
            entity.HasIndex(e => new { e.List, e.Key });
            entity.HasIndex(e => new { e.List, e.ToVersion }).HasFilter("to_version IS NOT NULL");
        });

    private static void AddRuns(ModelBuilder model)
    {
        model.Entity<ImportRun>(run =>
        {
            run.ToTable("import_runs");
            run.HasKey(r => r.Id);
            run.HasIndex(r => new { r.Year, r.Serial }).IsUnique();
            run.HasIndex(r => new { r.List, r.QueuedAt });
            run.HasIndex(r => r.State);
            run.Property(r => r.State).IsConcurrencyToken();
            run.Property(r => r.StartedBy).HasMaxLength(80);
            run.Property(r => r.ConfirmReason).HasMaxLength(ImportRun.ReasonCharsMax);
            run.Ignore(r => r.Reference);
        });
        model.Entity<RejectedRecord>(row =>
        {
            row.ToTable("import_rejected_rows");
            row.HasKey(r => r.Key);
            row.Property(r => r.Key).HasColumnName("key").ValueGeneratedOnAdd();
            row.Property(r => r.Run).HasColumnName("run");
            row.Property(r => r.File).HasColumnName("file");
            row.Property(r => r.Line).HasColumnName("line");
            row.Property(r => r.Column).HasColumnName("col");
            row.Property(r => r.Code).HasColumnName("code");
            row.Property(r => r.Reason).HasColumnName("reason");
            row.Property(r => r.Excerpt).HasColumnName("excerpt");
            row.Property(r => r.RestTaken).HasColumnName("rest_taken");
            row.HasIndex(r => new { r.Run, r.Key });
        });
        model.Entity<ListChange>(change =>
        {
            change.ToTable("import_changes");
            change.HasKey(c => c.Key);
            change.Property(c => c.Key).HasColumnName("key").ValueGeneratedOnAdd();
            change.Property(c => c.Run).HasColumnName("run");
            change.Property(c => c.Kind).HasColumnName("kind");
            change.Property(c => c.Entity).HasColumnName("entity").HasMaxLength(StoredEntity.IdCharsMax);
            change.HasIndex(c => new { c.Run, c.Kind, c.Key });
        });
        model.Entity<RunLogLine>(line =>
        {
            line.ToTable("import_log");
            line.HasKey(l => l.Key);
            line.Property(l => l.Key).ValueGeneratedOnAdd();
            line.Property(l => l.Code).HasMaxLength(60);
            line.HasIndex(l => new { l.Run, l.Key });
        });
    }
}
