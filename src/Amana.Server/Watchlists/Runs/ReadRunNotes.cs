using System.Runtime.CompilerServices;
using Amana.Server.Access;
using Amana.Server.Data;
using Amana.Server.Foundation;
using Amana.Server.Journal;
using Microsoft.EntityFrameworkCore;

namespace Amana.Server.Watchlists;

/// <summary>What a run noted row by row: rows set aside, changes, log. Rows set aside hold personal data as the source wrote it,
/// so reading them is journaled and asks for the right to import.</summary>
internal sealed class ReadRunNotes(AmanaDb db, Gate gate, JournalWriter journal)
{
    public const int PageMax = 500;
    private const int ChunkRows = 2_000;

    public enum Note { Rejected, Changes, Log }

    /// <param name="Kind">Of changes; null: all.</param>
    /// <param name="Take">Null: all, as a stream; otherwise a page of at most <see cref="PageMax"/>.</param>
    public sealed record Request(RunReference Run, Note What, ChangeKind? Kind = null, int Skip = 0, int? Take = null);

    /// <summary>One of the three, as asked; read to the end before the context is used again.</summary>
    public sealed record Found(IAsyncEnumerable<RejectedRecord> Rejected, IAsyncEnumerable<ListChange> Changes, IAsyncEnumerable<RunLogLine> Log);

    public async Task<Result<Found>> RunAsync(Request request, Caller caller, CancellationToken cancel)
    {
        var right = request.What is Note.Rejected ? Right.Import : Right.ReadLists;
        if (await gate.CheckAsync(caller, right, cancel) is { } forbidden) return forbidden;

        var run = await db.Runs.AsNoTracking().Where(r => r.Year == request.Run.Year && r.Serial == request.Run.Serial)
            .Select(r => new { r.Id }).SingleOrDefaultAsync(cancel);
        if (run is null) return WatchlistRefusals.RunUnknown;
        if (request.What is Note.Rejected)
        {
            journal.Record(caller.Actor, "import.rejected-read", request.Run, details: new { request.Skip, request.Take });
            await db.SaveChangesAsync(cancel);
        }
        return new Found(
            RejectedAsync(run.Id, request, cancel),
            ChangesAsync(run.Id, request, cancel),
            Paged(db.RunLog.AsNoTracking().Where(l => l.Run == run.Id).OrderBy(l => l.Key), request).AsAsyncEnumerable());
    }

    private static IQueryable<T> Paged<T>(IQueryable<T> rows, Request request) =>
        rows.Skip(Math.Max(0, request.Skip)).Take(Math.Clamp(request.Take ?? PageMax, 1, PageMax));

    // In chunks by key: a download of a million rows holds neither them nor the database's read lock.
    private async IAsyncEnumerable<RejectedRecord> RejectedAsync(Id<ImportRun> run, Request request, [EnumeratorCancellation] CancellationToken cancel)
    {
        var rows = db.RejectedRows.AsNoTracking().Where(r => r.Run == run);
        if (request.Take is not null)
        {
            foreach (var row in await Paged(rows.OrderBy(r => r.Key), request).ToListAsync(cancel)) yield return row;
            yield break;
        }
        for (long after = 0; ;)
        {
            long from = after;
            var chunk = await rows.Where(r => r.Key > from).OrderBy(r => r.Key).Take(ChunkRows).ToListAsync(cancel);
            foreach (var row in chunk) yield return row;
            if (chunk.Count < ChunkRows) yield break;
            after = chunk[^1].Key;
        }
    }

    private async IAsyncEnumerable<ListChange> ChangesAsync(Id<ImportRun> run, Request request, [EnumeratorCancellation] CancellationToken cancel)
    {
        var rows = db.ListChanges.AsNoTracking().Where(c => c.Run == run && (request.Kind == null || c.Kind == request.Kind));
        if (request.Take is not null)
        {
            foreach (var row in await Paged(rows.OrderBy(c => c.Key), request).ToListAsync(cancel)) yield return row;
            yield break;
        }
        for (long after = 0; ;)
        {
            long from = after;
            var chunk = await rows.Where(c => c.Key > from).OrderBy(c => c.Key).Take(ChunkRows).ToListAsync(cancel);
            foreach (var row in chunk) yield return row;
            if (chunk.Count < ChunkRows) yield break;
            after = chunk[^1].Key;
        }
    }
}
