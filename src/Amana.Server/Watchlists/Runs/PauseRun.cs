using Amana.Server.Access;
using Amana.Server.Data;
using Amana.Server.Foundation;
using Amana.Server.Journal;
using Microsoft.EntityFrameworkCore;

namespace Amana.Server.Watchlists;

/// <summary>Holds a run where it is; what it has done is kept, and other lists' runs go on.</summary>
internal sealed class PauseRun(AmanaDb db, Gate gate, JournalWriter journal, RunsAtWork atWork)
{
    public async Task<Refusal?> RunAsync(RunReference reference, Caller caller, CancellationToken cancel)
    {
        if (await gate.CheckAsync(caller, Right.Import, cancel) is { } forbidden) return forbidden;

        var run = await db.Runs.ByReferenceAsync(reference, cancel);
        if (run is null) return WatchlistRefusals.RunUnknown;
        if (run.Pause() is { } refused) return refused;

        journal.Record(caller.Actor, "import.paused", run.Reference);
        try
        {
            await db.SaveChangesAsync(cancel);
        }
        catch (DbUpdateConcurrencyException)
        {
            return WatchlistRefusals.RunHasMoved;
        }
        if (atWork.TryFind(run.Id, out var work)) work.Pause();
        atWork.Ring();
        return null;
    }
}
