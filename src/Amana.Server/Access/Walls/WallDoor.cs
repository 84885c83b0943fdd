using Amana.Server.Data;
using Amana.Server.Foundation;
using Microsoft.EntityFrameworkCore;

namespace Amana.Server.Access.Walls;

/// <summary>Finds a record and its wall for who wants to look at the wall itself or change it. An emergency opens the record for reading
/// and gives nobody the say over its wall.</summary>
internal sealed class WallDoor(AmanaDb db, Gate gate, Kinds kinds)
{
    /// <param name="Wall">Tracked; null while the record is for all.</param>
    /// <param name="Own">Keys under which walls admit the caller.</param>
    public sealed record Found(string Record, Wall? Wall, IReadOnlyList<string> Own)
    {
        public bool IsInside => Wall is null || Wall.Admits.Exists(a => Own.Contains(a.Who));
    }

    /// <summary>The record, whoever asks; unknown when there is none that the caller's bureau may see.</summary>
    public async Task<Result<Found>> FindAsync(string? reference, Caller caller, CancellationToken cancel)
    {
        if (!kinds.TryRead(reference, out var kind, out string? record) || !await kind.ExistsAsync(record, caller, cancel)) return AccessRefusals.RecordUnknown;
        var wall = await db.Walls.Include(w => w.Admits).SingleOrDefaultAsync(w => w.Record == record, cancel);
        return new Found(record, wall, await db.WallKeysAsync(caller, cancel));
    }

    /// <summary>The same, for who is inside only.</summary>
    public async Task<Result<Found>> FindInsideAsync(string? reference, Caller caller, CancellationToken cancel)
    {
        if (!(await FindAsync(reference, caller, cancel)).Succeeded(out var found, out var unknown)) return unknown;
        if (found.IsInside) return found;
        if (await gate.CheckRecordAsync(caller, new NamedRecord(found.Record), AccessRefusals.RecordUnknown, cancel) is { } outside) return outside;
        return AccessRefusals.Restricted(await AskAsync(found.Wall!, cancel));
    }

    /// <summary>Whom others ask.</summary>
    public async Task<string> AskAsync(Wall wall, CancellationToken cancel) => (await db.WhomToAskAsync([wall], cancel))[wall.Record];
}
