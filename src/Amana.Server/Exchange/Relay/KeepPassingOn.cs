using System.Data.Common;
using Amana.Exchange.Post;
using Amana.Server.Data;
using Amana.Server.Foundation;
using Amana.Vocabulary;
using Microsoft.EntityFrameworkCore;

namespace Amana.Server.Exchange.Relay;

/// <summary>Brings what is held to recipients that are back, and forgets what is over.</summary>
internal sealed partial class KeepPassingOn(IServiceScopeFactory scopes, Instance instance, RelayLine line, TimeProvider clock, ILogger<KeepPassingOn> log) : BackgroundService
{
    private static readonly TimeSpan Each = TimeSpan.FromSeconds(2), KeptDone = TimeSpan.FromDays(1);

    private readonly Dictionary<BureauCode, (DateTimeOffset Since, DateTimeOffset NextAt)> _away = [];

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Each);
        try
        {
            do
            {
                try
                {
                    if (instance.IsSetUp) await RoundAsync(stoppingToken);
                }
                catch (Exception e) when (e is IOException or DbException or DbUpdateException)
                {
                    Failed(log, e.GetType().Name);
                }
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
        var now = clock.GetUtcNow();
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<AmanaDb>();
        foreach (var held in await RelayLine.HeadsAsync(db, cancel))
        {
            if (_away.TryGetValue(held.To, out var away) && away.NextAt > now) continue;
            var answer = await line.BringAsync(held, cancel);
            if (answer.Receipt is not null || answer.Refusal is not null) _away.Remove(held.To);
            else
            {
                var since = _away.TryGetValue(held.To, out var before) ? before.Since : now;
                _away[held.To] = (since, now + RetryPace.WaitAfter(now - since, Random.Shared.NextDouble()));
            }
        }

        await db.SaveChangesAsync(cancel);
        var done = now - KeptDone;
        var given = now - RetryPace.GiveUpAfter;
        await db.RelayedEnvelopes.Where(e => (e.DoneAt != null && e.DoneAt < done) || e.At < given).ExecuteDeleteAsync(cancel);
    }

    [LoggerMessage(LogLevel.Warning, "Held letters could not be passed on ({Why}); tried again in two seconds")]
    private static partial void Failed(ILogger log, string why);
}
