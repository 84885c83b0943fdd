using Amana.Server.Access;
using Amana.Server.Data;
using Amana.Server.Foundation;
using Amana.Server.Journal;
using Microsoft.EntityFrameworkCore;

namespace Amana.Server.Watchlists;

/// <summary>Lets a paused run go on: where it was, or from the beginning of its stage when the server was restarted meanwhile.</summary>
internal sealed class ResumeRun(AmanaDb db, Gate gate, JournalWriter journal, RunsAtWork atWork)
{
    public async Task<Refusal?> RunAsync(RunReference reference, Caller caller, CancellationToken cancel)
    {
        if (await gate.CheckAsync(caller, Right.Import, cancel) is { } forbidden) return forbidden;

        var run = await db.Runs.ByReferenceAsync(reference, cancel);
        if (run is null) return WatchlistRefusals.RunUnknown;
        if (run.Resume(held: atWork.Holds(run.Id)) is { } refused) return refused;

        journal.Record(caller.Actor, "import.resumed", run.Reference);
        try
        {
            await db.SaveChangesAsync(cancel);
        }
        catch (DbUpdateConcurrencyException)
        {
            return WatchlistRefusals.RunHasMoved;
        }
        if (atWork.TryFind(run.Id, out var work)) work.Resume();
        atWork.Ring();
        return null;
    }
}
