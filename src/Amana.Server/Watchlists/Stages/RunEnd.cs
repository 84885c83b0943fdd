using System.Data.Common;
using Amana.Lists;
using Amana.Server.Data;
using Amana.Server.Foundation;
using Amana.Server.Journal;
using Microsoft.EntityFrameworkCore;

namespace Amana.Server.Watchlists;

/// <summary>The outermost edge of a run: whatever ends it becomes its state, its words and a journal entry.</summary>
internal sealed partial class RunEnd(IServiceScopeFactory scopes, IDatabaseEngine engine, RunWork run, RunFiles files, TimeProvider clock, ILogger<RunEnd> log)
{
    private static readonly TimeSpan BetweenTries = TimeSpan.FromSeconds(5);

    /// <summary>Never throws.</summary>
    /// <param name="cancel">The run's own: stopped by a person, or by the shutdown.</param>
    public async Task CarryToEndAsync(RunAtWork work, CancellationToken cancel)
    {
        try
        {
            await run.CarryOutAsync(work, cancel);
        }
        catch (OperationCanceledException) when (work.WasStopped)
        {
            await DropAsync(work, CancellationToken.None);
        }
        catch (OperationCanceledException) when (cancel.IsCancellationRequested)
        {
            // The server shuts down: the run goes on at the next start.
        }
        catch (OperationCanceledException)
        {
            // Stopped in the database, and the word has not reached the work yet.
            await DropAsync(work, CancellationToken.None);
        }
        catch (ListFileException e)
        {
            await EndAsync(work, r => r.Refuse(clock.GetUtcNow(), e.Code, e.Message, e.File, e.Line), cancel);
        }
        catch (HttpRequestException e) when (e.InnerException is RunEndsException ends)
        {
            await EndAsync(work, r => r.Refuse(clock.GetUtcNow(), ends.Code, ends.Message), cancel);
        }
        catch (RunEndsException e)
        {
            await EndAsync(work, r =>
            {
                r.Refuse(clock.GetUtcNow(), e.Code, e.Message, e.File, e.Line);
                if (!e.IsRefusal) r.Fail(clock.GetUtcNow(), e.Code, e.Message);
            }, cancel);
        }
        catch (Exception e)
        {
            await FailAsync(work, e, cancel);
        }
    }

    private async Task FailAsync(RunAtWork work, Exception e, CancellationToken cancel)
    {
        var (code, detail) = e switch
        {
            _ when IsDiskFull(e) => (WatchlistRefusals.RunDiskFull, "The disk is full. The list stays as it was."),
            UnauthorizedAccessException or IOException => (WatchlistRefusals.FileUnreadable, "A file or folder of the server cannot be read or written. The list stays as it was."),
            DbException or DbUpdateException => (WatchlistRefusals.RunDatabase, "The database did not take the run's rows. The list stays as it was."),
            _ => (WatchlistRefusals.RunInternal, "The server could not do this. The list stays as it was; the server's log says more."),
        };
        log.RunFailed(work.Id.ToString(), e);
        await EndAsync(work, r => r.Fail(clock.GetUtcNow(), code, detail), cancel);
    }

    private async Task EndAsync(RunAtWork work, Action<ImportRun> how, CancellationToken cancel)
    {
        // First the word, which needs little room, then the tidying, which needs more and can wait.
        files.GiveRoom(work.Id);
        // Without a word written down the run would seem to work for ever. A shutdown ends the tries: it goes on at the next start.
        while (!await TryEndAsync(work, how, CancellationToken.None) && !cancel.IsCancellationRequested)
        {
            await Task.Delay(BetweenTries, clock, cancel).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
        await DropAsync(work, CancellationToken.None);
    }

    private async Task<bool> TryEndAsync(RunAtWork work, Action<ImportRun> how, CancellationToken cancel)
    {
        try
        {
            await using var scope = scopes.CreateAsyncScope();
            var db = scope.ServiceProvider.GetRequiredService<AmanaDb>();
            var ended = await db.Runs.SingleAsync(r => r.Id == work.Id, cancel);
            if (ended.IsOver) return true;
            how(ended);
            scope.ServiceProvider.GetRequiredService<JournalWriter>()
                .Record(Actor.Server, ended.State is RunState.Failed ? "import.failed" : "import.refused", ended.Reference, details: new { code = ended.EndCode });
            await db.SaveChangesAsync(cancel);
            return true;
        }
        catch (DbException e)
        {
            log.EndNotWritten(work.Id.ToString(), e);
        }
        catch (DbUpdateException e)
        {
            log.EndNotWritten(work.Id.ToString(), e);
        }
        return false;
    }

    private async Task DropAsync(RunAtWork work, CancellationToken cancel)
    {
        try
        {
            await run.DropAsync(work.Id, cancel);
        }
        catch (IOException e)
        {
            log.NotTidied(work.Id.ToString(), e); // taken back before the list's next run
        }
        catch (DbException e)
        {
            log.NotTidied(work.Id.ToString(), e);
        }
    }

    private bool IsDiskFull(Exception e) =>
        (e is IOException io && RunFiles.IsDiskFull(io)) || engine.FaultOf(e) is DatabaseFault.Full || (e.InnerException is { } inner && IsDiskFull(inner));
}

internal static partial class RunLog
{
    [LoggerMessage(LogLevel.Error, "Import run {Run} failed")]
    public static partial void RunFailed(this ILogger log, string run, Exception e);

    [LoggerMessage(LogLevel.Error, "The end of import run {Run} cannot be written down; trying again")]
    public static partial void EndNotWritten(this ILogger log, string run, Exception e);

    [LoggerMessage(LogLevel.Error, "The queue of imports waits for the database ({Why}); trying again")]
    public static partial void QueueWaits(this ILogger log, string why);

    [LoggerMessage(LogLevel.Warning, "What import run {Run} wrote is still there; it goes before the list's next run")]
    public static partial void NotTidied(this ILogger log, string run, Exception e);

    [LoggerMessage(LogLevel.Error, "Removed lists could not be deleted; trying again")]
    public static partial void NotPurged(this ILogger log, Exception e);

    [LoggerMessage(LogLevel.Information, "Opened list {List} version {Version}: {Entities} entities")]
    public static partial void Opened(this ILogger log, string list, string version, int entities);

    [LoggerMessage(LogLevel.Warning, "The index of list {List} was missing or damaged and was built anew from the database")]
    public static partial void Rebuilt(this ILogger log, string list);

    [LoggerMessage(LogLevel.Information, "Merged {Changes} changes of list {List} into an index of {Entities} entities")]
    public static partial void Merged(this ILogger log, int changes, string list, int entities);

    [LoggerMessage(LogLevel.Error, "The changes of list {List} could not be merged; it answers as before, and the next change tries again")]
    public static partial void NotMerged(this ILogger log, string list, Exception e);

    [LoggerMessage(LogLevel.Error, "List {List} cannot be opened; it does not answer")]
    public static partial void NotOpened(this ILogger log, string list, Exception e);
}
