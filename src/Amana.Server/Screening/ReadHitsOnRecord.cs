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
        await Views(_gate.Reach(_db.Hits.AsNoTracking(), caller).Where(h => h.List == list && h.EntityId == id && (bureau == null || h.Bureau == bureau)).OrderByDescending(h => h.FoundAt).Take(RowsMax)).ToListAsync(cancel);

    /// <summary>One of the caller's bureau; null when there is no such, or it is behind a wall.</summary>
    public async Task<HitOnRecord?> OneAsync(string list, string id, string reference, Caller caller, CancellationToken cancel)
    {
        string own = caller.Bureau.Value;
        return await Views(_gate.Reach(_db.Hits.AsNoTracking(), caller).Where(h => h.List == list && h.EntityId == id && h.Bureau == own && h.Reference == reference)).SingleOrDefaultAsync(cancel);
    }

    /// <summary>For what the server does by itself with hits that a person has passed on: how each of them stands now, by its reference. Those that are gone are not there.</summary>
    public async Task<IReadOnlyDictionary<string, HitOnRecord>> VerdictsAsync(IReadOnlyCollection<string> references, CancellationToken cancel) =>
        await Views(_db.Hits.AsNoTracking().Where(h => references.Contains(h.Reference))).ToDictionaryAsync(h => h.Reference, StringComparer.Ordinal, cancel);

    private static IQueryable<HitOnRecord> Views(IQueryable<Hit> hits) => hits.Select(h => new HitOnRecord(h.Reference, h.Bureau, h.FoundAt, h.Score, h.State, h.Verdict, h.DecidedAt, h.FoundLater));
}
