using Amana.Server.Data;
using Amana.Server.Foundation;
using Amana.Server.Watchlists;
using Microsoft.EntityFrameworkCore;

namespace Amana.Server.BlindQuestions.Asked;

/// <summary>The lists that are open have changed.</summary>
internal sealed class EpochBell : Bell;

/// <summary>Makes the list of prints anew each day under another key, and at once when compliance opens or closes a list.</summary>
internal sealed class KeepEpoch(IServiceScopeFactory scopes, Instance instance, BlindShelf shelf, ListShelf lists, EpochBell bell, TimeProvider clock, ILogger<KeepEpoch> log) : TimedWork(Each, clock, log, atOnce: true, bell)
{
    private static readonly TimeSpan Each = TimeSpan.FromSeconds(20), Lasts = TimeSpan.FromDays(1), Calm = TimeSpan.FromHours(1);

    protected override async Task RoundAsync(CancellationToken cancel)
    {
        if (!instance.IsSetUp) return;
        List<string> open;
        await using (var scope = scopes.CreateAsyncScope())
        {
            open = await scope.ServiceProvider.GetRequiredService<AmanaDb>().OpenForBlind.Select(o => o.List).ToListAsync(cancel);
        }

        if (open.Count == 0)
        {
            shelf.Close();
            return;
        }

        var now = Clock.GetUtcNow();
        long number = now.ToUnixTimeSeconds() / 60;
        if (shelf.Now is { } epoch)
        {
            var age = now - DateTimeOffset.FromUnixTimeSeconds(epoch.Number * 60);
            bool sameLists = epoch.Lists.Select(l => l.Name).ToHashSet(StringComparer.Ordinal).SetEquals(lists.Current.Lists.Select(l => l.Name).Where(open.Contains));
            bool sameVersions = epoch.Lists.All(l => lists.Current.Lists.Any(c => c.Name == l.Name && c.VersionNumber == l.VersionNumber));
            if (sameLists && age < Lasts && (sameVersions || age < Calm)) return;
            number = Math.Max(number, epoch.Number + 1);
        }

        await Task.Run(() => shelf.Make(open, number, cancel), cancel);
    }
}
