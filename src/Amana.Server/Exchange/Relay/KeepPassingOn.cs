using Amana.Exchange.Post;
using Amana.Server.Data;
using Amana.Server.Foundation;

namespace Amana.Server.Exchange.Relay;

/// <summary>Brings what is held to recipients that are back, each on its own, and forgets what is over.</summary>
internal sealed class KeepPassingOn(Instance instance, RelayOffice relay, RelayStore store, TimeProvider clock, ILogger<KeepPassingOn> log) : TimedWork(Each, TimeProvider.System, log, atOnce: true)
{
    private static readonly TimeSpan Each = TimeSpan.FromSeconds(1), ForgetEach = TimeSpan.FromMinutes(10);

    private DateTimeOffset _forgotAt;

    protected override async Task RoundAsync(CancellationToken cancel)
    {
        if (!instance.IsSetUp) return;
        // What could not be noted is brought again; the recipient knows it.
        foreach (var queue in await relay.BringDueAsync(cancel)) GoesOn(queue, cancel);
        var now = clock.GetUtcNow();
        if (now - _forgotAt < ForgetEach && now >= _forgotAt) return;
        await store.ForgetAsync(cancel);
        _forgotAt = now;
    }
}
