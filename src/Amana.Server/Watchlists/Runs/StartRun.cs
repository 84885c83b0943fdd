using Amana.Server.Access;
using Amana.Server.Data;
using Amana.Server.Foundation;
using Amana.Server.Journal;
using Microsoft.EntityFrameworkCore;

namespace Amana.Server.Watchlists;

/// <summary>Asks a list's source for its files now, without waiting for the schedule.</summary>
internal sealed class StartRun(AmanaDb db, Gate gate, JournalWriter journal, RunNumbers numbers, RunsAtWork atWork, TimeProvider clock)
{
    public async Task<Result<RunReference>> RunAsync(string listName, Caller caller, CancellationToken cancel)
    {
        if (await gate.CheckAsync(caller, Right.Import, cancel) is { } forbidden) return forbidden;

        var list = await db.Lists.SingleOrDefaultAsync(l => l.Name == listName, cancel);
        if (list is null) return WatchlistRefusals.ListUnknown;
        if (list.IsKept) return WatchlistRefusals.ListKept;
        if (list.RemovedAt is not null) return WatchlistRefusals.ListRemoved;
        var source = await db.ListSources.SingleAsync(s => s.List == list.Number, cancel);
        if (source.Kind is SourceKind.Upload) return WatchlistRefusals.NothingToFetch;
        bool open = await db.Runs.NotOver().AnyAsync(r => r.List == list.Number, cancel);
        if (open) return WatchlistRefusals.AlreadyQueued;

        var run = await numbers.AddAsync(db, Id<ImportRun>.New(clock), list.Number, files: false, caller.Actor,
            added => journal.Record(caller.Actor, "import.started", added.Reference, details: new { list = list.Name }), cancel);
        atWork.Ring();
        return run.Reference;
    }
}
