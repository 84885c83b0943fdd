using Amana.Server.Access;
using Amana.Server.Data;
using Amana.Server.Foundation;
using Amana.Server.Journal;
using Microsoft.EntityFrameworkCore;

namespace Amana.Server.Watchlists;

/// <summary>Takes the last publication of a list back: the version before answers again. What the run had brought is kept
/// aside until the list's next run begins.</summary>
internal sealed class UndoPublication(
    AmanaDb db, Gate gate, JournalWriter journal, ListSwitch listSwitch, ListShelf shelf, IndexFiles indexes, RunsAtWork atWork, TimeProvider clock)
{
    public async Task<Refusal?> RunAsync(RunReference reference, Caller caller, CancellationToken cancel)
    {
        if (await gate.CheckAsync(caller, Right.Import, cancel) is { } forbidden) return forbidden;

        using var turn = await listSwitch.TakeAsync(cancel);
        var run = await db.Runs.ByReferenceAsync(reference, cancel);
        if (run is null) return WatchlistRefusals.RunUnknown;
        var list = await db.Lists.SingleAsync(l => l.Number == run.List, cancel);
        if (list.RemovedAt is not null) return WatchlistRefusals.ListRemoved;
        // The version before a first one is no version: the list then does not answer at all.
        bool first = run.BasedOn == 0;
        if (run.State is not RunState.Done || run.UndoneAt is not null || list.CurrentVersion != run.Version || list.PreviousVersion != run.BasedOn)
        {
            return WatchlistRefusals.NothingToUndo;
        }
        bool open = await db.Runs.AnyAsync(r => r.List == list.Number
            && (r.State == RunState.Running || r.State == RunState.Paused || r.State == RunState.Waiting), cancel);
        if (open || atWork.All.Any(w => w.List == list.Number)) return WatchlistRefusals.ListAtWork;

        var undone = await db.ListVersions.SingleAsync(v => v.List == list.Number && v.Number == list.CurrentVersion, cancel);
        var before = first ? null : await db.ListVersions.SingleAsync(v => v.List == list.Number && v.Number == list.PreviousVersion, cancel);
        var opened = before is null ? null : (await indexes.OpenOrBuildAsync(list, before, cancel)).List;
        list.Undo();
        undone.State = VersionState.Undone;
        run.MarkUndone(clock.GetUtcNow());
        (await db.ListSources.SingleAsync(s => s.List == list.Number, cancel)).ForgetFiles();
        journal.Record(caller.Actor, "list.publication-undone", run.Reference, details: new { list = list.Name, undone = undone.Label, answers = before?.Label });
        await db.SaveChangesAsync(cancel);
        if (opened is null) shelf.TakeDown(list.Name);
        else shelf.Put(opened);
        return null;
    }
}
