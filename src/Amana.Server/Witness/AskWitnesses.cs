using Amana.Server.Data;
using Microsoft.EntityFrameworkCore;

namespace Amana.Server.Witness;

/// <summary>Shows what is new to every witness, each on its own so that one that does not answer slows no other.</summary>
internal sealed class AskWitnesses(IServiceScopeFactory scopes, ILogger<AskWitnesses> log) : TimedWork(Each, TimeProvider.System, log, atOnce: true)
{
    private static readonly TimeSpan Each = TimeSpan.FromSeconds(10);

    protected override Task RoundAsync(CancellationToken cancel) => RoundAsync(scopes, cancel);

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
}
