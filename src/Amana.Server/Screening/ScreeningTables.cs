using Amana.Server.Access;
using Amana.Server.Data;
using Microsoft.EntityFrameworkCore;

namespace Amana.Server.Screening;

/// <summary>Tables of questions, hits and batches, and the queries that start from what a bureau may see.</summary>
internal static class ScreeningTables
{
    extension(AmanaDb db)
    {
        public DbSet<AskedQuestion> AskedQuestions => db.Set<AskedQuestion>();
        public DbSet<Hit> Hits => db.Set<Hit>();
        public DbSet<HitDecision> HitDecisions => db.Set<HitDecision>();
        public DbSet<SettledPair> SettledPairs => db.Set<SettledPair>();
        public DbSet<Batch> Batches => db.Set<Batch>();
        public DbSet<BatchRow> BatchRows => db.Set<BatchRow>();
        public DbSet<FamousList> FamousLists => db.Set<FamousList>();
    }

    public static IQueryable<Hit> VisibleTo(this IQueryable<Hit> hits, Caller caller)
    {
        string bureau = caller.Bureau.ToString();
        return hits.Where(h => h.Bureau == bureau);
    }

    public static IQueryable<Batch> VisibleTo(this IQueryable<Batch> batches, Caller caller)
    {
        string bureau = caller.Bureau.ToString();
        return batches.Where(b => b.Bureau == bureau);
    }

    /// <summary>Takes <paramref name="count"/> serials of a word and year, within the caller's transaction.</summary>
    /// <returns>The first of them.</returns>
    public static async Task<long> TakeSerialsAsync(this AmanaDb db, string word, int year, int count, CancellationToken cancel)
    {
        var last = await db.Database.SqlQuery<long>(
            $"""
            INSERT INTO screening_serials (word, year, last) VALUES ({word}, {year}, {count})
            ON CONFLICT (word, year) DO UPDATE SET last = screening_serials.last + {count} RETURNING last
            """).ToListAsync(cancel);
        return last[0] - count + 1;
    }

    public static void AddTo(ModelBuilder model)
    {
        model.Entity<AskedQuestion>(question =>
        {
            question.ToTable("questions");
            question.HasKey(q => q.Id);
            question.Property(q => q.Who).HasMaxLength(80);
            question.Property(q => q.Bureau).HasMaxLength(6);
            question.Property(q => q.Purpose).HasMaxLength(80);
            question.Property(q => q.Via).HasMaxLength(20);
            question.Property(q => q.Fingerprint).HasMaxLength(QuestionPrints.Chars);
            question.HasIndex(q => q.At);
            question.HasIndex(q => q.Fingerprint);
        });
        AddHits(model);
        AddBatches(model);
        model.Entity<FamousList>(list => { list.ToTable("famous_lists"); list.HasKey(l => l.Id); list.Property(l => l.By).HasMaxLength(80); list.Ignore(l => l.Names); });
        model.Entity<ReferenceSerial>(serial =>
        {
            serial.ToTable("screening_serials");
            serial.HasKey(s => new { s.Word, s.Year });
            serial.Property(s => s.Word).HasColumnName("word").HasMaxLength(3);
            serial.Property(s => s.Year).HasColumnName("year");
            serial.Property(s => s.Last).HasColumnName("last");
        });
    }

    private static void AddHits(ModelBuilder model)
    {
        model.Entity<Hit>(hit =>
        {
            hit.ToTable("hits");
            hit.HasKey(h => h.Id);
            hit.Property(h => h.Question);
            hit.Property(h => h.Batch);
            hit.Property(h => h.Reference).HasMaxLength(Reference.CharsMax);
            hit.Property(h => h.Bureau).HasMaxLength(6);
            hit.Property(h => h.Purpose).HasMaxLength(80);
            hit.Property(h => h.QuestionFingerprint).HasMaxLength(QuestionPrints.Chars);
            hit.Ignore(h => h.Content);
            hit.Property(h => h.RecordFingerprint).HasMaxLength(Fingerprint.Chars);
            hit.Property(h => h.List).HasMaxLength(80);
            hit.Property(h => h.ListVersion).HasMaxLength(40);
            hit.Property(h => h.EntityId).HasMaxLength(500);
            hit.Property(h => h.State).HasMaxLength(20);
            hit.Property(h => h.Verdict).HasMaxLength(20);
            hit.Property(h => h.DecidedBy).HasMaxLength(80);
            hit.Property(h => h.AssignedTo).HasMaxLength(80);
            hit.Property(h => h.Version).IsConcurrencyToken();
            hit.HasIndex(h => h.Reference).IsUnique();
            hit.HasIndex(h => new { h.Bureau, h.State, h.FoundAt });
            hit.HasIndex(h => new { h.QuestionFingerprint, h.EntityId });
            hit.HasIndex(h => new { h.List, h.EntityId });
            hit.HasIndex(h => h.Batch);
        });
        model.Entity<HitDecision>(decision =>
        {
            decision.ToTable("hit_decisions");
            decision.HasKey(d => d.Id);
            decision.Property(d => d.Hit);
            decision.Property(d => d.Verdict).HasMaxLength(20);
            decision.Property(d => d.Reason).HasMaxLength(40);
            decision.Ignore(d => d.Text);
            decision.Property(d => d.By).HasMaxLength(80);
            decision.HasIndex(d => d.Hit);
        });
        model.Entity<SettledPair>(pair =>
        {
            pair.ToTable("settled_pairs");
            pair.HasKey(p => new { p.Bureau, p.QuestionFingerprint, p.List, p.EntityId });
            pair.Property(p => p.Hit);
            pair.Property(p => p.Bureau).HasMaxLength(6);
            pair.Property(p => p.QuestionFingerprint).HasMaxLength(QuestionPrints.Chars);
            pair.Property(p => p.RecordFingerprint).HasMaxLength(Fingerprint.Chars);
            pair.Property(p => p.List).HasMaxLength(80);
            pair.Property(p => p.EntityId).HasMaxLength(500);
            pair.Property(p => p.HitReference).HasMaxLength(Reference.CharsMax);
            pair.Property(p => p.By).HasMaxLength(80);
        });
    }

    private static void AddBatches(ModelBuilder model)
    {
        model.Entity<Batch>(batch =>
        {
            batch.ToTable("batches");
            batch.HasKey(b => b.Id);
            batch.Property(b => b.Reference).HasMaxLength(Reference.CharsMax);
            batch.Property(b => b.Bureau).HasMaxLength(6);
            batch.Property(b => b.By).HasMaxLength(80);
            batch.Property(b => b.Purpose).HasMaxLength(80);
            batch.Ignore(b => b.Words).Ignore(b => b.FileName);
            batch.Property(b => b.Sha256).HasMaxLength(64);
            batch.Property(b => b.Dataset).HasMaxLength(80);
            batch.Property(b => b.State).HasMaxLength(20);
            batch.Property(b => b.Version).IsConcurrencyToken();
            batch.HasIndex(b => b.Reference).IsUnique();
            batch.HasIndex(b => b.State);
        });
        model.Entity<BatchRow>(row =>
        {
            row.ToTable("batch_rows");
            row.HasKey(r => new { r.Batch, r.Line, r.Position });
            row.Property(r => r.Code).HasMaxLength(80);
            row.Property(r => r.Field).HasMaxLength(40);
            row.Ignore(r => r.Detail);
        });
    }
}

/// <summary>The last serial given to a word in a year.</summary>
internal sealed class ReferenceSerial
{
    public required string Word { get; init; }
    public required int Year { get; init; }
    public required long Last { get; init; }
}
