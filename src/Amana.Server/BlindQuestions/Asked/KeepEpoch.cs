using Amana.Server.Data;
using Amana.Server.Foundation;
using Amana.Server.LostAndStolen;
using Amana.Server.Watchlists;
using Microsoft.EntityFrameworkCore;

namespace Amana.Server.BlindQuestions.Asked;

/// <summary>The lists that are open have changed.</summary>
internal sealed class EpochBell : Bell;

/// <summary>Makes the list of prints anew each day under another key, and at once when compliance opens or closes a list, or the documents.</summary>
internal sealed class KeepEpoch(IServiceScopeFactory scopes, Instance instance, BlindShelf shelf, ListShelf lists, EpochBell bell, TimeProvider clock, ILogger<KeepEpoch> log) : TimedWork(Each, clock, log, atOnce: true, bell)
{
    private static readonly TimeSpan Each = TimeSpan.FromSeconds(20), Lasts = TimeSpan.FromDays(1), Calm = TimeSpan.FromHours(1);

    protected override async Task RoundAsync(CancellationToken cancel)
    {
        if (!instance.IsSetUp) return;
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<AmanaDb>();
        var numbers = scope.ServiceProvider.GetRequiredService<DocumentsToAsk>();
        var open = await db.OpenForBlind.Select(o => o.List).ToListAsync(cancel);
        bool withDocuments = await db.BlindTerms.AnyAsync(t => t.Documents && t.PerDay > 0 && t.ClosedAt == null, cancel);
        if (open.Count == 0 && !withDocuments)
        {
            shelf.Close();
            return;
        }

        var now = Clock.GetUtcNow();
        string? stamp = withDocuments ? await numbers.StampAsync(cancel) : null;
        long number = now.ToUnixTimeSeconds() / 60;
        if (shelf.Now is { } epoch)
        {
            var age = now - DateTimeOffset.FromUnixTimeSeconds(epoch.Number * 60);
            bool same = withDocuments == epoch.Documents is not null && epoch.Lists.Select(l => l.Name).ToHashSet(StringComparer.Ordinal).SetEquals(lists.Current.Lists.Select(l => l.Name).Where(open.Contains));
            bool sameVersions = stamp == epoch.DocumentsStamp && epoch.Lists.All(l => lists.Current.Lists.Any(c => c.Name == l.Name && c.VersionNumber == l.VersionNumber));
            if (same && age < Lasts && (sameVersions || age < Calm)) return;
        }

        await Task.Run(() => shelf.MakeAsync(open, stamp is null ? null : new(stamp, numbers.All()), number, cancel), cancel);
    }
}
