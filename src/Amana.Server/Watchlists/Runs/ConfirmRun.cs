using Amana.Server.Access;
using Amana.Server.Data;
using Amana.Server.Foundation;
using Amana.Server.Journal;
using Microsoft.EntityFrameworkCore;

namespace Amana.Server.Watchlists;

/// <summary>A person takes the loss that the guard stopped at, and says why; the run goes on to its publication.</summary>
internal sealed class ConfirmRun(AmanaDb db, Gate gate, JournalWriter journal, RunsAtWork atWork)
{
    public sealed record Request(RunReference Run, string? Reason);

    public async Task<Refusal?> RunAsync(Request request, Caller caller, CancellationToken cancel)
    {
        if (await gate.CheckAsync(caller, Right.Import, cancel) is { } forbidden) return forbidden;

        var run = await db.Runs.ByReferenceAsync(request.Run, cancel);
        if (run is null) return WatchlistRefusals.RunUnknown;
        if (run.Confirm(caller.Actor, request.Reason) is { } refused) return refused;

        journal.Record(caller.Actor, "import.confirmed", run.Reference, details: new { run.Removed, of = run.Before, reason = run.ConfirmReason });
        try
        {
            await db.SaveChangesAsync(cancel);
        }
        catch (DbUpdateConcurrencyException)
        {
            return WatchlistRefusals.RunHasMoved;
        }
        atWork.Ring();
        return null;
    }
}
