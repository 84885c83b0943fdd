using Amana.Server.Access;
using Amana.Server.Data;
using Amana.Server.Foundation;
using Amana.Server.Journal;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Amana.Server.Watchlists;

/// <summary>Takes a list out of asking at once: its runs are stopped, its schedule rests, and no question finds its records any
/// more. All of it is kept for a set time and can be restored; hits keep what was seen of it for ever.</summary>
internal sealed class RemoveList(
    AmanaDb db, Gate gate, JournalWriter journal, ListSwitch listSwitch, ListShelf shelf, StoppedRuns stoppedRuns,
    IOptions<WatchlistsOptions> options, TimeProvider clock)
{
    /// <param name="List">The list's name.</param>
    public sealed record Request(string List, string? Reason);

    public async Task<Result<RemovedList>> RunAsync(Request request, Caller caller, CancellationToken cancel)
    {
        if (await gate.CheckAsync(caller, Right.Import, cancel) is { } forbidden) return forbidden;

        using var turn = await listSwitch.TakeAsync(cancel);
        for (int tried = 1; ; tried++)
        {
            var list = await db.Lists.SingleOrDefaultAsync(l => l.Name == request.List, cancel);
            if (list is null) return WatchlistRefusals.ListUnknown;
            var now = clock.GetUtcNow();
            if (list.Remove(caller.Actor, request.Reason, now, TimeSpan.FromDays(options.Value.RemovedKeptDays)) is { } refused) return refused;
            (await db.ListSources.SingleAsync(s => s.List == list.Number, cancel)).DueAt = null;
            var stopped = await StopRunsAsync(list, now, caller, cancel);
            int entities = await db.ListVersions.Where(v => v.List == list.Number && v.Number == list.CurrentVersion).Select(v => v.EntityCount).SingleOrDefaultAsync(cancel);
            journal.Record(caller.Actor, "list.removed", list.Name,
                details: new { reason = list.RemoveReason, entities, restorableUntil = list.PurgeAt, stoppedRuns = stopped.Count });
            try
            {
                await db.SaveChangesAsync(cancel); // the list, its runs and the journal: all or none
            }
            catch (DbUpdateConcurrencyException)
            {
                if (tried == SteerRun.Tries) return WatchlistRefusals.RunHasMoved;
                db.ChangeTracker.Clear(); // a run has gone on meanwhile
                continue;
            }
            shelf.TakeDown(list.Name);
            await stoppedRuns.ClearUpAsync(stopped, CancellationToken.None);
            return RemovedList.Of(list, entities);
        }
    }

    private async Task<List<Id<ImportRun>>> StopRunsAsync(WatchList list, DateTimeOffset now, Caller caller, CancellationToken cancel)
    {
        var open = await db.Runs.NotOver().Where(r => r.List == list.Number).ToListAsync(cancel);
        foreach (var run in open)
        {
            run.StopWithList(now);
            journal.Record(caller.Actor, "import.stopped", run.Reference, details: new { listRemoved = list.Name });
        }
        return open.ConvertAll(r => r.Id);
    }
}
