using Amana.Server.Access;
using Amana.Server.Data;
using Amana.Server.Foundation;
using Microsoft.EntityFrameworkCore;

namespace Amana.Server.Watchlists;

/// <summary>The lists that were removed and can still be restored, the last one first.</summary>
internal sealed class ReadRemovedLists(AmanaDb db, Gate gate)
{
    public async Task<Result<IReadOnlyList<RemovedList>>> RunAsync(Caller caller, CancellationToken cancel)
    {
        if (await gate.CheckAsync(caller, Right.ReadLists, cancel) is { } forbidden) return forbidden;

        var versions = db.ListVersions;
        var rows = await db.Lists.AsNoTracking().Where(l => l.RemovedAt != null).OrderByDescending(l => l.RemovedAt)
            .Select(l => new { List = l, Entities = versions.Where(v => v.List == l.Number && v.Number == l.CurrentVersion).Select(v => v.EntityCount).FirstOrDefault() })
            .ToListAsync(cancel);
        return rows.ConvertAll(r => RemovedList.Of(r.List, r.Entities));
    }
}

/// <param name="EntityCount">Of the version that answered, and answers again when the list is restored.</param>
/// <param name="RemovedBy">As in the journal.</param>
/// <param name="RestorableUntil">After it the list goes with its records and files.</param>
public sealed record RemovedList(string Name, string Title, int EntityCount, DateTimeOffset RemovedAt, string RemovedBy, string Reason, DateTimeOffset RestorableUntil)
{
    internal static RemovedList Of(WatchList list, int entities) =>
        new(list.Name, list.Title, entities, list.RemovedAt!.Value, list.RemovedBy!, list.RemoveReason!, list.PurgeAt!.Value);
}
