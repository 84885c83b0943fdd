using System.Data.Common;
using Amana.Exchange.Post;
using Amana.Server.Foundation;
using Microsoft.EntityFrameworkCore;

namespace Amana.Server.Exchange.Relay;

/// <summary>Brings what is held to recipients that are back, each on its own, and forgets what is over.</summary>
internal sealed partial class KeepPassingOn(Instance instance, RelayOffice relay, RelayStore store, TimeProvider clock, ILogger<KeepPassingOn> log) : BackgroundService
{
    private static readonly TimeSpan Each = TimeSpan.FromSeconds(1), ForgetEach = TimeSpan.FromMinutes(10);

    private DateTimeOffset _forgotAt;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Each);
        try
        {
            do
            {
                await WatchAsync(RoundAsync(stoppingToken), stoppingToken);
            }
            while (await timer.WaitForNextTickAsync(stoppingToken));
        }
        catch (OperationCanceledException)
        {
            // stopped
        }
    }

    private async Task RoundAsync(CancellationToken cancel)
    {
        if (!instance.IsSetUp) return;
        foreach (var queue in await relay.BringDueAsync(cancel)) _ = WatchAsync(queue, cancel);
        var now = clock.GetUtcNow();
        if (now - _forgotAt < ForgetEach && now >= _forgotAt) return;
        await store.ForgetAsync(cancel);
        _forgotAt = now;
    }

    // What could not be noted is brought again; the recipient knows it.
    private async Task WatchAsync(Task work, CancellationToken cancel)
    {
        try
        {
            await work;
        }
        catch (Exception e) when (e is IOException or DbException or DbUpdateException)
        {
            Failed(log, e.GetType().Name);
        }
        catch (OperationCanceledException) when (cancel.IsCancellationRequested)
        {
            // stopped
        }
    }

    [LoggerMessage(LogLevel.Warning, "Held letters could not be passed on ({Why}); tried again in a second")]
    private static partial void Failed(ILogger log, string why);
}
