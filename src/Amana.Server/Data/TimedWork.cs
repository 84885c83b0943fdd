using System.Data.Common;
using Amana.Server.Foundation;
using Microsoft.EntityFrameworkCore;

namespace Amana.Server.Data;

/// <summary>Work that comes round again after a while, for as long as the server runs. A disk or a database that does not answer costs one
/// round and is said in the log; the next round goes on where this one was.</summary>
/// <param name="every">From one round to the next.</param>
/// <param name="clock">By which the time between rounds is counted, but for those that a bell may call.</param>
/// <param name="atOnce">The first round comes with the start and not after the first wait.</param>
/// <param name="bell">Rung when there is something to do: a round comes at once.</param>
public abstract partial class TimedWork(TimeSpan every, TimeProvider clock, ILogger log, bool atOnce = false, Bell? bell = null) : BackgroundService
{
    private readonly SemaphoreSlim _one = new(1, 1);

    protected TimeProvider Clock => clock;

    /// <summary>One round; there is one at a time.</summary>
    protected abstract Task RoundAsync(CancellationToken cancel);

    /// <summary>A round at once, after the one at work.</summary>
    internal async Task RoundNowAsync(CancellationToken cancel)
    {
        await _one.WaitAsync(cancel);
        try
        {
            await RoundAsync(cancel);
        }
        finally
        {
            _one.Release();
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = bell is null ? new PeriodicTimer(every, clock) : null;
        bool due = atOnce;
        try
        {
            while (true)
            {
                if (due) await TryAsync(RoundNowAsync, stoppingToken);
                due = true;
                if (timer is not null) await timer.WaitForNextTickAsync(stoppingToken);
                else await bell!.WaitAsync(every, stoppingToken);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // stopped
        }
    }

    /// <summary>Lets work go on that a round has begun; the next round does not wait for it.</summary>
    protected void GoesOn(Task work, CancellationToken cancel) => _ = WatchAsync(work, cancel);

    private async Task WatchAsync(Task work, CancellationToken cancel)
    {
        try
        {
            await TryAsync(_ => work, cancel);
        }
        catch (OperationCanceledException) when (cancel.IsCancellationRequested)
        {
            // stopped
        }
    }

    private async Task TryAsync(Func<CancellationToken, Task> work, CancellationToken cancel)
    {
        try
        {
            await work(cancel);
        }
        catch (Exception e) when (e is DbException or DbUpdateException or IOException)
        {
            Waits(log, GetType().Name, e.GetType().Name);
        }
    }

    public override void Dispose()
    {
        _one.Dispose();
        base.Dispose();
        GC.SuppressFinalize(this);
    }

    [LoggerMessage(LogLevel.Error, "{Work} waits for disk or database ({Why}); its next round tries again")]
    private static partial void Waits(ILogger log, string work, string why);
}
