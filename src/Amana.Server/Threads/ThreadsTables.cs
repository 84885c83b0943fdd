using Amana.Exchange.Handling;
using Amana.Server.Data;
using Amana.Vocabulary;
using Microsoft.EntityFrameworkCore;

namespace Amana.Server.Threads;

internal static class ThreadsTables
{
    extension(AmanaDb db)
    {
        public DbSet<CaseThread> CaseThreads => db.Set<CaseThread>();
        public DbSet<ThreadMessage> ThreadMessages => db.Set<ThreadMessage>();
        public DbSet<ThreadAsk> ThreadAsks => db.Set<ThreadAsk>();
        public DbSet<KeptRelease> KeptReleases => db.Set<KeptRelease>();
        public DbSet<ThreadFile> ThreadFiles => db.Set<ThreadFile>();
        public DbSet<ThreadWord> ThreadWords => db.Set<ThreadWord>();
    }

    /// <summary>As they came to stand here, by our clock alone: by the clocks of their writers an answer could stand before its question.</summary>
    public static IOrderedQueryable<ThreadMessage> InOrder(this IQueryable<ThreadMessage> messages) => messages.OrderBy(m => m.ArrivedAt ?? m.WrittenAt).ThenBy(m => m.Id);

    /// <summary>Those whose subject may still be used.</summary>
    public static IQueryable<CaseThread> InUse(this IQueryable<CaseThread> threads, DateTimeOffset now) => threads.Where(t => !t.IsEmptied && (t.SubjectUntil == null || t.SubjectUntil > now));

    /// <returns>The next number of the year; a gap where the act is not saved.</returns>
    public static async Task<long> TakeThreadSerialAsync(this AmanaDb db, int year, CancellationToken cancel)
    {
        var last = await db.Database.SqlQuery<long>(
            $"""
            INSERT INTO thread_serials (year, last) VALUES ({year}, 1)
            ON CONFLICT (year) DO UPDATE SET last = thread_serials.last + 1 RETURNING last
            """).ToListAsync(cancel);
        return last[0];
    }

    /// <summary>What the originators have allowed of these items, to this bureau.</summary>
    public static async Task<ILookup<Guid, Release>> ReleasesOfAsync(this AmanaDb db, IReadOnlyCollection<Guid> items, BureauCode self, CancellationToken cancel)
    {
        string me = self.Value;
        var kept = items.Count == 0 ? [] : await db.KeptReleases.AsNoTracking().Where(r => r.To == me && items.Contains(r.Item)).ToListAsync(cancel);
        return kept.ToLookup(r => r.Item, r => r.AsRelease());
    }

    public static void AddTo(ModelBuilder model)
    {
        model.Entity<CaseThread>(thread =>
        {
            thread.ToTable("threads");
            thread.HasKey(t => t.Id);
            thread.Property(t => t.Reference).HasMaxLength(ThreadReference.CharsMost);
            thread.Property(t => t.Opener).HasMaxLength(6);
            thread.Property(t => t.Purpose).HasMaxLength(80);
            thread.Property(t => t.AssignedTo).HasMaxLength(80);
            thread.Property(t => t.Version).IsConcurrencyToken();
            thread.HasIndex(t => t.Key).IsUnique();
            thread.HasIndex(t => t.Reference).IsUnique();
            thread.HasIndex(t => t.Number).IsUnique();
            thread.HasIndex(t => new { t.State, t.LastAt });
            thread.HasIndex(t => t.DueAt);
            thread.HasIndex(t => t.SubjectUntil);
            thread.HasIndex(t => new { t.State, t.Unread });
            thread.Ignore(t => t.Content).Ignore(t => t.Bureaus);
        });
        model.Entity<ThreadMessage>(message =>
        {
            message.ToTable("thread_messages");
            message.HasKey(m => m.Id);
            message.Property(m => m.Id).ValueGeneratedNever();
            message.Property(m => m.Sender).HasMaxLength(6);
            message.Property(m => m.By).HasMaxLength(80);
            message.HasOne<CaseThread>().WithMany().HasForeignKey(m => m.Thread).OnDelete(DeleteBehavior.Cascade);
            message.HasIndex(m => m.Until);
            message.Ignore(m => m.Content).Ignore(m => m.To).Ignore(m => m.Holders);
        });
        model.Entity<ThreadAsk>(ask =>
        {
            ask.ToTable("thread_asks");
            ask.HasKey(a => a.Id);
            ask.Property(a => a.Asker).HasMaxLength(6);
            ask.Property(a => a.Owes).HasMaxLength(6);
            ask.HasOne<CaseThread>().WithMany().HasForeignKey(a => a.Thread).OnDelete(DeleteBehavior.Cascade);
            ask.HasIndex(a => a.Message);
            ask.Ignore(a => a.Text);
        });
        AddIndexes(model);
        AddFiles(model);
    }

    private static void AddFiles(ModelBuilder model) => model.Entity<ThreadFile>(file =>
    {
        file.ToTable("thread_files");
        file.HasKey(f => f.Id);
        file.Property(f => f.Id).ValueGeneratedNever();
        file.Property(f => f.Thread);
        file.Property(f => f.By).HasMaxLength(80);
        file.Property(f => f.Sender).HasMaxLength(6);
        file.HasIndex(f => f.Letter);
        file.HasIndex(f => new { f.State, f.NextAt });
        file.Ignore(f => f.Content);
    });

    private static void AddIndexes(ModelBuilder model)
    {
        model.Entity<KeptRelease>(release =>
        {
            release.ToTable("thread_releases");
            release.HasKey(r => r.Id);
            release.Property(r => r.Id).ValueGeneratedNever();
            release.HasIndex(r => r.Item);
        });
        model.Entity<ThreadWord>(word =>
        {
            word.ToTable("thread_words");
            word.HasKey(w => new { w.Word, w.Number });
            word.HasIndex(w => w.Number);
        });
        model.Entity<ThreadSerial>(serial =>
        {
            serial.ToTable("thread_serials");
            serial.HasKey(s => s.Year);
            // Named as the statement above has them: PostgreSQL minds capitals.
            serial.Property(s => s.Year).HasColumnName("year").ValueGeneratedNever();
            serial.Property(s => s.Last).HasColumnName("last");
        });
    }
}
