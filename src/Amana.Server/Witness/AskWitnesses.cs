using System.Data.Common;
using Amana.Server.Data;
using Microsoft.EntityFrameworkCore;

namespace Amana.Server.Witness;

/// <summary>Shows what is new to every witness, each on its own so that one that does not answer slows no other.</summary>
internal sealed partial class AskWitnesses(IServiceScopeFactory scopes, ILogger<AskWitnesses> log) : BackgroundService
{
    private static readonly TimeSpan Each = TimeSpan.FromSeconds(10);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Each);
        try
        {
            do
            {
                try
                {
                    await RoundAsync(scopes, stoppingToken);
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

    /// <summary>One round; for tests as well.</summary>
    internal static async Task RoundAsync(IServiceScopeFactory scopes, CancellationToken cancel)
    {
        List<string> keys;
        await using (var scope = scopes.CreateAsyncScope())
        {
            keys = await scope.ServiceProvider.GetRequiredService<AmanaDb>().Set<OurWitness>().Select(w => w.Key).ToListAsync(cancel);
        }

        await Task.WhenAll(keys.Select(async key =>
        {
            await using var scope = scopes.CreateAsyncScope();
            await scope.ServiceProvider.GetRequiredService<ShowToWitness>().ShowAsync(key, cancel);
        }));
    }

    [LoggerMessage(LogLevel.Warning, "Witnesses could not be asked ({Why}); tried again in ten seconds")]
    private static partial void Failed(ILogger log, string why);
}
