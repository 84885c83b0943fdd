using System.Data.Common;
using Microsoft.EntityFrameworkCore;

namespace Amana.Server.Data;

/// <summary>Work that comes round again after a while, for as long as the server runs. A disk or a database that does not answer costs one
/// round and is said in the log; the next round goes on where this one was.</summary>
/// <param name="every">From one round to the next.</param>
/// <param name="clock">By which the time between rounds is counted.</param>
/// <param name="atOnce">The first round comes with the start and not after the first wait.</param>
public abstract partial class TimedWork(TimeSpan every, TimeProvider clock, ILogger log, bool atOnce = false) : BackgroundService
{
    protected TimeProvider Clock => clock;

    /// <summary>One round.</summary>
    protected abstract Task RoundAsync(CancellationToken cancel);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(every, clock);
        bool due = atOnce;
        do
        {
            if (due) await TryAsync(stoppingToken);
            due = true;
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    private async Task TryAsync(CancellationToken cancel)
    {
        try
        {
            await RoundAsync(cancel);
        }
        catch (Exception e) when (e is DbException or DbUpdateException or IOException)
        {
            Waits(log, GetType().Name, e.GetType().Name);
        }
    }

    [LoggerMessage(LogLevel.Error, "{Work} waits for disk or database ({Why}); its next round tries again")]
    private static partial void Waits(ILogger log, string work, string why);
}
