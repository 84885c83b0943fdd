using Amana.Server.Access;
using Amana.Server.Data;
using Amana.Server.Foundation;
using Amana.Server.Journal;
using Microsoft.EntityFrameworkCore;

namespace Amana.Server.Watchlists;

/// <summary>What an officer may do to a run that is not over.</summary>
internal enum RunOrder
{
    /// <summary>It rests where it is; what it has done is kept, and other lists' runs go on.</summary>
    Pause,
    /// <summary>It goes on: where it was, or from the beginning of its stage when the server was restarted meanwhile.</summary>
    Resume,
    /// <summary>It ends. What it wrote is taken back; the version that answers is not touched.</summary>
    Stop,
}

/// <summary>Pauses, resumes or stops a run.</summary>
internal sealed class SteerRun(AmanaDb db, Gate gate, JournalWriter journal, RunsAtWork atWork, StoppedRuns stopped, TimeProvider clock)
{
    /// <summary>A run changes its own state at the start, at the guard and at the end: an order meets one of these at most.</summary>
    public const int Tries = 5;

    public async Task<Refusal?> RunAsync(RunReference reference, RunOrder order, Caller caller, CancellationToken cancel)
    {
        if (await gate.CheckAsync(caller, Right.Import, cancel) is { } forbidden) return forbidden;
        for (int tried = 1; ; tried++)
        {
            var run = await db.Runs.ByReferenceAsync(reference, cancel);
            if (run is null) return WatchlistRefusals.RunUnknown;
            if (Apply(run, order) is { } refused) return refused;
            journal.Record(caller.Actor, FactOf(order), run.Reference);
            try
            {
                await db.SaveChangesAsync(cancel);
            }
            catch (DbUpdateConcurrencyException)
            {
                if (tried == Tries) return WatchlistRefusals.RunHasMoved;
                db.ChangeTracker.Clear();
                continue;
            }
            await TellWorkAsync(run.Id, order, cancel);
            return null;
        }
    }

    private Refusal? Apply(ImportRun run, RunOrder order) => order switch
    {
        RunOrder.Pause => run.Pause(),
        RunOrder.Resume => run.Resume(held: atWork.Holds(run.Id)),
        _ => run.Stop(clock.GetUtcNow()),
    };

    private static string FactOf(RunOrder order) => order switch
    {
        RunOrder.Pause => "import.paused",
        RunOrder.Resume => "import.resumed",
        _ => "import.stopped",
    };

    private async Task TellWorkAsync(Id<ImportRun> run, RunOrder order, CancellationToken cancel)
    {
        if (order is RunOrder.Stop)
        {
            await stopped.ClearUpAsync([run], cancel);
            return;
        }
        if (atWork.TryFind(run, out var at))
        {
            if (order is RunOrder.Pause) at.Pause();
            else at.Resume();
        }
        atWork.Ring();
    }
}
