using Amana.Server.Access;
using Amana.Server.Data;
using Amana.Server.Foundation;
using Amana.Server.Journal;
using Microsoft.EntityFrameworkCore;

namespace Amana.Server.Watchlists;

/// <summary>Changes where a list's files come from, how they are read, its guard, its schedule or its title. A run at work
/// keeps what it began with.</summary>
internal sealed class ChangeSource(AmanaDb db, Gate gate, JournalWriter journal, ImportFolders folders, Instance instance, TimeProvider clock)
{
    public sealed record Request(string List, SourceSettings Settings);

    public async Task<Refusal?> RunAsync(Request request, Caller caller, CancellationToken cancel)
    {
        if (await gate.CheckAsync(caller, Right.Import, cancel) is { } forbidden) return forbidden;

        var list = await db.Lists.SingleOrDefaultAsync(l => l.Name == request.List, cancel);
        if (list is null) return WatchlistRefusals.ListUnknown;
        if (list.IsKept) return WatchlistRefusals.ListKept;
        if (list.RemovedAt is not null) return WatchlistRefusals.ListRemoved;
        var source = await db.ListSources.SingleAsync(s => s.List == list.Number, cancel);
        double guardBefore = source.GuardShare;
        if (request.Settings.ApplyTo(list, source, folders, instance, clock.GetUtcNow()) is { } refused) return refused;

        journal.Record(caller.Actor, "source.changed", list.Name,
            details: new { source.Kind, guardBefore, source.GuardShare, schedule = source.Schedule?.ToString(), source.IsOn });
        await db.SaveChangesAsync(cancel);
        return null;
    }
}
