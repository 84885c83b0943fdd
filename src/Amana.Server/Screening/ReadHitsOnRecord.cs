using Amana.Server.Access;
using Amana.Server.Data;
using Microsoft.EntityFrameworkCore;

namespace Amana.Server.Screening;

/// <summary>A hit on a record, as the owner of the record may learn of it: when, where, how strong, what became of it. Not who asked, and
/// not what.</summary>
public sealed record HitOnRecord(string Reference, string Bureau, DateTimeOffset FoundAt, double Score, HitState State, Verdict? Verdict, DateTimeOffset? DecidedAt, bool FoundLater);

/// <summary>The hits on one record of one list. For acts of other modules that have passed the gate and journal what they show.</summary>
public sealed class ReadHitsOnRecord
{
    public const int RowsMax = 50;

    private readonly AmanaDb _db;
    private readonly Gate _gate;

    internal ReadHitsOnRecord(AmanaDb db, Gate gate) => (_db, _gate) = (db, gate);

    /// <param name="bureau">Only the hits of this one; null: of all. A hit behind a wall is there only for those inside.</param>
    public async Task<IReadOnlyList<HitOnRecord>> OfAsync(string list, string id, string? bureau, Caller caller, CancellationToken cancel) =>
        await _gate.Reach(_db.Hits.AsNoTracking(), caller).Where(h => h.List == list && h.EntityId == id && (bureau == null || h.Bureau == bureau)).OrderByDescending(h => h.FoundAt).Take(RowsMax)
            .Select(h => new HitOnRecord(h.Reference, h.Bureau, h.FoundAt, h.Score, h.State, h.Verdict, h.DecidedAt, h.FoundLater)).ToListAsync(cancel);
}
