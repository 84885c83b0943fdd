using Amana.Server.Access;
using Amana.Server.Data;
using Amana.Server.Foundation;
using Amana.Server.Journal;
using Microsoft.EntityFrameworkCore;

namespace Amana.Server.Watchlists;

/// <summary>Ends a run. What it wrote is taken back; the version that answers is not touched.</summary>
internal sealed class StopRun(AmanaDb db, Gate gate, JournalWriter journal, RunsAtWork atWork, RunWork work, TimeProvider clock)
{
    public async Task<Refusal?> RunAsync(RunReference reference, Caller caller, CancellationToken cancel)
    {
        if (await gate.CheckAsync(caller, Right.Import, cancel) is { } forbidden) return forbidden;

        var run = await db.Runs.ByReferenceAsync(reference, cancel);
        if (run is null) return WatchlistRefusals.RunUnknown;
        if (run.Stop(clock.GetUtcNow()) is { } refused) return refused;

        journal.Record(caller.Actor, "import.stopped", run.Reference);
        try
        {
            await db.SaveChangesAsync(cancel);
        }
        catch (DbUpdateConcurrencyException)
        {
            return WatchlistRefusals.RunHasMoved;
        }
        if (atWork.TryFind(run.Id, out var at)) at.Stop();
        else await work.DropAsync(run.Id, cancel); // it waited: nobody else clears up after it
        atWork.Ring();
        return null;
    }
}
