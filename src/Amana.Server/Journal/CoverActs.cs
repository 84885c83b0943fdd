using System.Security.Cryptography;
using Amana.Server.Data;
using Amana.Server.Foundation;

namespace Amana.Server.Journal;

/// <summary>Takes down acts of nobody, now and then and sometimes several in a row. Who may not see the entries about people's requests sees that
/// numbers are missing; because of these they always are, and at no time of their own.</summary>
internal sealed class CoverActs(IServiceScopeFactory scopes, TimeProvider clock, ILogger<CoverActs> log) : TimedWork(Every, clock, log)
{
    /// <summary>About thirty beginnings a day; after each the next minute brings another one every second time.</summary>
    private const int OneOf = 48, OneOfInRow = 2;
    private static readonly TimeSpan Every = TimeSpan.FromMinutes(1);
    private bool _inRow;

    protected override async Task RoundAsync(CancellationToken cancel)
    {
        _inRow = RandomNumberGenerator.GetInt32(_inRow ? OneOfInRow : OneOf) == 0;
        if (!_inRow) return;
        await Task.Delay(TimeSpan.FromMilliseconds(RandomNumberGenerator.GetInt32((int)Every.TotalMilliseconds)), Clock, cancel);
        await CoverAsync(cancel);
    }

    /// <summary>One act of nobody.</summary>
    internal async Task CoverAsync(CancellationToken cancel)
    {
        await using var scope = scopes.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<JournalWriter>().Record(Actor.Server, "journal.cover");
        await scope.ServiceProvider.GetRequiredService<AmanaDb>().SaveChangesAsync(cancel);
    }
}
