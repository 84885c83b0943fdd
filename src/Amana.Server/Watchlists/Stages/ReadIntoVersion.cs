using System.Buffers;
using System.Collections.Concurrent;
using Amana.Lists;
using Amana.Server.Data;
using Microsoft.EntityFrameworkCore;

namespace Amana.Server.Watchlists;

/// <summary>Stage read: the files row by row into the new version; only what differs is written.</summary>
/// <remarks>One thread reads and packs, another compares and writes; between them at most a few batches, so that memory does
/// not grow with the files. Each batch is one short transaction: others write between them.</remarks>
internal sealed class ReadIntoVersion(IServiceScopeFactory scopes, IDatabaseEngine engine, RunFiles files)
{
    private const int BatchRows = 2_000;
    private const int BatchBytesMax = 8 << 20;
    private const int BatchesAhead = 4;

    /// <exception cref="ListFileException">A file as a whole cannot be taken.</exception>
    public async Task<SeenKeys> ReadAsync(RunJob job, CancellationToken cancel)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<AmanaDb>();
        await db.Database.OpenConnectionAsync(cancel);
        var seen = new SeenKeys();
        using var batches = new BlockingCollection<Batch>(BatchesAhead);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        var reading = Task.Factory.StartNew(() => Read(job, batches, either.Token), either.Token, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        try
        {
            await Task.Factory.StartNew(() => Write(job, batches, db, seen, either.Token),
                either.Token, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        }
        catch
        {
            await either.CancelAsync();
            await reading.ContinueWith(_ => { }, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
            throw;
        }
        await reading;
        return seen;
    }

    private void Read(RunJob job, BlockingCollection<Batch> into, CancellationToken cancel)
    {
        try
        {
            var batch = new Batch();
            var body = new ArrayBufferWriter<byte>(4_096);
            double share = 0;
            var reading = new ListReading
            {
                List = job.List.Name,
                Files = files.Of(job.Run),
                Format = job.Source.Format,
                Mapping = MappingText.Read(job.Source.Mapping),
                Progress = now => share = now,
                Rejected = row =>
                {
                    batch.Rejected.Add(row);
                    if (batch.Rejected.Count >= BatchRows) HandOver();
                },
            };
            foreach (var entity in ListReader.Read(reading, cancel))
            {
                byte[] hash = EntityBody.Write(entity, body);
                batch.Add(new EntityRow(entity.Id, hash, body.WrittenSpan.ToArray(), entity.LastSeen?.UtcTicks));
                if (batch.Entities.Count >= BatchRows || batch.Bytes >= BatchBytesMax) HandOver();
            }
            HandOver();

            void HandOver()
            {
                batch.Share = share;
                into.Add(batch, cancel);
                batch = new Batch();
            }
        }
        finally
        {
            into.CompleteAdding();
        }
    }

    private void Write(RunJob job, BlockingCollection<Batch> batches, AmanaDb db, SeenKeys seen, CancellationToken cancel)
    {
        using var rows = new EntityRows(db, engine, job.ListNumber, job.Version);
        using var rejected = new RejectedRowsWriter(db, engine, job.Run);
        foreach (var batch in batches.GetConsumingEnumerable(cancel))
        {
            job.Work.CheckIn();
            using var transaction = db.Database.BeginTransaction();
            var (added, changed) = rows.Take(batch.Entities, seen, transaction);
            rejected.Write(batch.Rejected, transaction);
            transaction.Commit();
            Count(job.Progress, batch, added, changed);
        }
    }

    private static void Count(RunProgress progress, Batch batch, int added, int changed)
    {
        progress.Rows += batch.Entities.Count;
        progress.Added += added;
        progress.Changed += changed;
        progress.Rejected += batch.Rejected.Count;
        progress.Advance(batch.Share, progress.Rows);
    }

    private sealed class Batch
    {
        public List<EntityRow> Entities { get; } = new(BatchRows);
        public List<RejectedRow> Rejected { get; } = [];
        public long Bytes { get; private set; }
        /// <summary>How much of the files had been read, 0 to 1.</summary>
        public double Share { get; set; }

        public void Add(EntityRow row)
        {
            Entities.Add(row);
            Bytes += row.Body.Length;
        }
    }
}
