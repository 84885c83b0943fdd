using Amana.Server.Access;
using Amana.Server.Data;
using Amana.Server.Foundation;
using Amana.Server.Journal;
using Microsoft.EntityFrameworkCore;

namespace Amana.Server.Watchlists;

/// <summary>Brings a removed list back as it was: the version that answered answers again, and its schedule goes on.</summary>
internal sealed class RestoreList(AmanaDb db, Gate gate, JournalWriter journal, ListSwitch listSwitch, ListShelf shelf, IndexFiles indexes, TimeProvider clock)
{
    /// <param name="name">The list's name.</param>
    public async Task<Refusal?> RunAsync(string name, Caller caller, CancellationToken cancel)
    {
        if (await gate.CheckAsync(caller, Right.Import, cancel) is { } forbidden) return forbidden;

        using var turn = await listSwitch.TakeAsync(cancel);
        var list = await db.Lists.SingleOrDefaultAsync(l => l.Name == name, cancel);
        if (list is null) return WatchlistRefusals.ListUnknown;
        var now = clock.GetUtcNow();
        if (list.Restore(now) is { } refused) return refused;
        var version = await db.ListVersions.SingleOrDefaultAsync(v => v.List == list.Number && v.Number == list.CurrentVersion, cancel);
        // Opened before the save: a list whose files cannot be opened stays removed.
        var opened = version is null ? null : (await indexes.OpenOrBuildAsync(list, version, cancel)).List;
        (await db.ListSources.SingleAsync(s => s.List == list.Number, cancel)).PlanNext(now);
        journal.Record(caller.Actor, "list.restored", list.Name, details: new { answers = version?.Label, entities = version?.EntityCount ?? 0 });
        await db.SaveChangesAsync(cancel);
        if (opened is not null) shelf.Put(opened);
        return null;
    }
}
