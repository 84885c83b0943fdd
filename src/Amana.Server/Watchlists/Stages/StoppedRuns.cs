using Amana.Server.Foundation;

namespace Amana.Server.Watchlists;

/// <summary>Ends the work of runs that a person stopped, by an order to the run or by removing its list.</summary>
internal sealed class StoppedRuns(RunsAtWork atWork, RunWork work)
{
    /// <param name="stopped">Saved as stopped before.</param>
    /// <param name="cancel">Gives up clearing; the list's next run does it then.</param>
    public async Task ClearUpAsync(IEnumerable<Id<ImportRun>> stopped, CancellationToken cancel)
    {
        foreach (var run in stopped)
        {
            if (atWork.TryFind(run, out var at)) at.Stop(); // and clears up after itself
            else await work.DropAsync(run, cancel); // it waited: nobody else does
        }
        atWork.Ring();
    }
}
