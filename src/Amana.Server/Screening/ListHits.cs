using Amana.Server.Access;
using Amana.Server.Data;
using Amana.Server.Foundation;
using Amana.Server.Journal;
using Microsoft.EntityFrameworkCore;

namespace Amana.Server.Screening;

/// <summary>The hits of the caller's bureau, newest or strongest first, a page at a time.</summary>
internal sealed class ListHits(AmanaDb db, Gate gate, JournalWriter journal)
{
    public const int PageDefault = 50;
    public const int PageMax = 500;
    public const int OffsetMax = 100_000;

    public sealed record Request
    {
        public HitState? State { get; init; }
        /// <summary>Reference of a batch.</summary>
        public string? Batch { get; init; }
        /// <summary>Only those assigned to the caller.</summary>
        public bool Mine { get; init; }
        public bool StrongestFirst { get; init; }
        public int Limit { get; init; } = PageDefault;
        public int Offset { get; init; }
    }

    public async Task<Result<HitPage>> RunAsync(Request request, Caller caller, CancellationToken cancel)
    {
        if (await gate.CheckAsync(caller, Right.Screen, cancel) is { } forbidden) return forbidden;
        if (request.Limit is < 1 or > PageMax) return ScreeningRefusals.OutOfRange("limit", "between 1 and 500");
        if (request.Offset is < 0 or > OffsetMax) return ScreeningRefusals.OutOfRange("offset", "between 0 and 100,000");

        var hits = gate.Reach(db.Hits.AsNoTracking().VisibleTo(caller), caller);
        if (request.State is { } state) hits = hits.Where(h => h.State == state);
        string me = caller.Actor.ToString();
        if (request.Mine) hits = hits.Where(h => h.AssignedTo == me);
        if (request.Batch is not null)
        {
            if (!Reference.TryRead(Reference.OfBatch, request.Batch, out string? reference)) return ScreeningRefusals.BatchUnknown;
            var batch = await db.Batches.AsNoTracking().VisibleTo(caller).SingleOrDefaultAsync(b => b.Reference == reference, cancel);
            if (batch is null) return ScreeningRefusals.BatchUnknown;
            hits = hits.Where(h => h.Batch == batch.Id);
        }
        var counts = await gate.Reach(db.Hits.AsNoTracking().VisibleTo(caller), caller).GroupBy(h => h.State).Select(g => new { g.Key, Count = g.Count() }).ToListAsync(cancel);
        int total = await hits.CountAsync(cancel);
        hits = request.StrongestFirst ? hits.OrderByDescending(h => h.Score).ThenBy(h => h.Id) : hits.OrderByDescending(h => h.FoundAt).ThenBy(h => h.Id);
        var page = await hits.Skip(request.Offset).Take(request.Limit).ToListAsync(cancel);
        var batches = page.Where(h => h.Batch is not null).Select(h => h.Batch!.Value).Distinct().ToList();
        var references = await db.Batches.AsNoTracking().Where(b => batches.Contains(b.Id)).ToDictionaryAsync(b => b.Id, b => b.Reference, cancel);

        journal.Record(caller.Actor, "hits.listed", details: new { request.State, request.Batch, request.Mine, shown = page.Count });
        await db.SaveChangesAsync(cancel);
        return new HitPage
        {
            Total = total,
            Open = counts.FirstOrDefault(c => c.Key == HitState.Open)?.Count ?? 0,
            Decided = counts.FirstOrDefault(c => c.Key == HitState.Decided)?.Count ?? 0,
            Limit = request.Limit,
            Offset = request.Offset,
            Hits = [.. page.Select(h => HitView.RowOf(h, h.Batch is { } batch ? references.GetValueOrDefault(batch) : null))],
        };
    }
}

internal sealed record HitPage
{
    public required int Total { get; init; }
    /// <summary>In all, whatever the filter.</summary>
    public required int Open { get; init; }
    public required int Decided { get; init; }
    public required int Limit { get; init; }
    public required int Offset { get; init; }
    public required IReadOnlyList<HitRow> Hits { get; init; }
}
