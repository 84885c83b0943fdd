using Amana.Server.Data;
using Amana.Server.Foundation;
using Amana.Server.Journal;
using Microsoft.EntityFrameworkCore;

namespace Amana.Server.Notices;

/// <summary>Does what time alone does: ends suspensions and retention, refuses what nobody answered, deletes what has ended, and
/// tells owners before it is too late. Looks every ten minutes.</summary>
internal sealed class KeepTime(IServiceScopeFactory scopes, NoticeTurn turns, TimeProvider clock, ILogger<KeepTime> log) : TimedWork(Every, clock, log)
{
    private const int AtOnce = 200;
    private static readonly TimeSpan Every = TimeSpan.FromMinutes(10);

    protected override Task RoundAsync(CancellationToken cancel) => LookAsync(cancel);

    /// <returns>How many notices were changed or told of.</returns>
    public async Task<int> LookAsync(CancellationToken cancel)
    {
        int done = 0;
        foreach (var id in await DueAsync(cancel)) done += await KeepAsync(id, cancel) ? 1 : 0;
        return done;
    }

    private async Task<List<Id<Notice>>> DueAsync(CancellationToken cancel)
    {
        var now = Clock.GetUtcNow();
        var soon = now.AddDays(NoticeRules.Own.Terms.RetentionWarnDays.Max());
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<AmanaDb>();
        return await db.Notices.AsNoTracking().Where(n => (n.State == NoticeState.InfoRequested && n.AnswerDueAt <= now)
                || (n.State == NoticeState.Suspended && n.SuspendedUntil <= soon)
                || ((n.State == NoticeState.Published || n.State == NoticeState.Suspended || n.State == NoticeState.Blocked) && n.RetainUntil <= soon)
                || (n.State != NoticeState.Deleted && n.EndedAt <= now.AddDays(-NoticeRules.Own.Terms.PurgeAfterDays)))
            .OrderBy(n => n.ChangedAt).Take(AtOnce).Select(n => n.Id).ToListAsync(cancel);
    }

    private async Task<bool> KeepAsync(Id<Notice> id, CancellationToken cancel)
    {
        using var turn = await turns.TakeAsync(cancel);
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<AmanaDb>();
        var notice = await db.Notices.SingleAsync(n => n.Id == id, cancel);
        var now = Clock.GetUtcNow();
        if (Clocks.DueOf(notice, now) is { } step)
        {
            await scope.ServiceProvider.GetRequiredService<NoticeDesk>().TakeAsync(notice, step, Actor.Server, purpose: null, cancel);
        }
        else if (Clocks.WarningOf(notice, now) is { } days)
        {
            notice.Warned(days);
            scope.ServiceProvider.GetRequiredService<JournalWriter>().Record(Actor.Server, "notice.retention-warned", notice.Reference, details: new { days });
        }
        else
        {
            return false;
        }

        var board = scope.ServiceProvider.GetRequiredService<NoticeBoard>();
        await board.WriteAsync(cancel);
        try
        {
            await db.SaveChangesAsync(cancel);
        }
        catch (DbUpdateConcurrencyException)
        {
            return false; // somebody wrote in that moment; the next look sees what is left to do
        }

        await board.ShowAsync(cancel);
        return true;
    }
}
