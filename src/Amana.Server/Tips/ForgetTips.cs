using Amana.Server.Data;
using Amana.Server.Foundation;
using Amana.Server.Journal;
using Microsoft.EntityFrameworkCore;

namespace Amana.Server.Tips;

/// <summary>Deletes what has had its time: closed tips after 30 days, all others after a year. Looks every hour.</summary>
internal sealed class ForgetTips(IServiceScopeFactory scopes, TimeProvider clock, ILogger<ForgetTips> log) : TimedWork(Every, clock, log)
{
    public const int ClosedDays = 30, OpenDays = 365;
    private const int AtOnce = 500;
    private static readonly TimeSpan Every = TimeSpan.FromHours(1);

    protected override Task RoundAsync(CancellationToken cancel) => ForgetAsync(cancel);

    /// <returns>How many were deleted.</returns>
    public async Task<int> ForgetAsync(CancellationToken cancel)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<AmanaDb>();
        var now = Clock.GetUtcNow();
        DateTimeOffset closedBefore = now.AddDays(-ClosedDays), openBefore = now.AddDays(-OpenDays);
        var due = await db.Tips.Where(t => t.ClosedAt <= closedBefore || (t.ClosedAt == null && t.At <= openBefore)).OrderBy(t => t.At).Take(AtOnce).ToListAsync(cancel);
        if (due.Count == 0) return 0;
        db.Tips.RemoveRange(due);
        scope.ServiceProvider.GetRequiredService<JournalWriter>().Record(Actor.Server, "tips.forgotten", details: new { count = due.Count });
        await db.SaveChangesAsync(cancel);
        return due.Count;
    }
}
