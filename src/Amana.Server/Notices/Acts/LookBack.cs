using System.Data.Common;
using Amana.Server.Data;
using Amana.Server.Foundation;
using Amana.Server.Journal;
using Amana.Server.Screening;
using Microsoft.EntityFrameworkCore;

namespace Amana.Server.Notices;

/// <summary>When a notice comes into force, asks the questions of the last days again against it, in the background and in pieces; a kill in
/// between loses nothing. Who may not see the notice learns nothing.</summary>
internal sealed partial class LookBack(IServiceScopeFactory scopes, ILogger<LookBack> log) : BackgroundService
{
    private const int AtOnce = 50;
    private static readonly TimeSpan Every = TimeSpan.FromSeconds(10);

    private readonly SemaphoreSlim _wake = new(0, 1);

    /// <summary>There may be something to do.</summary>
    public void Wake()
    {
        try
        {
            _wake.Release();
        }
        catch (SemaphoreFullException)
        {
            // It wakes already.
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            await _wake.WaitAsync(Every, stoppingToken);
            try
            {
                await LookAsync(stoppingToken);
            }
            catch (Exception e) when (e is DbException or DbUpdateException)
            {
                Waits(log, e.GetType().Name); // the next look goes on where this one was
            }
        }
    }

    public override void Dispose()
    {
        _wake.Dispose();
        base.Dispose();
    }

    /// <returns>How many hits were raised.</returns>
    public async Task<int> LookAsync(CancellationToken cancel)
    {
        int raised = 0;
        foreach (var id in await DueAsync(cancel))
        {
            while (await StepAsync(id, cancel) is { } step)
            {
                raised += step.Hits.Count;
                if (step.IsOver) break;
            }
        }

        return raised;
    }

    private async Task<List<Id<Notice>>> DueAsync(CancellationToken cancel)
    {
        await using var scope = scopes.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<AmanaDb>().Notices.AsNoTracking().Where(n => n.LookBackFrom != null && n.State == NoticeState.Published)
            .OrderBy(n => n.LookBackUntil).Take(AtOnce).Select(n => n.Id).ToListAsync(cancel);
    }

    /// <returns>Null when nothing can be done now.</returns>
    private async Task<AskedAgain?> StepAsync(Id<Notice> id, CancellationToken cancel)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<AmanaDb>();
        if (await db.Notices.SingleOrDefaultAsync(n => n.Id == id && n.State == NoticeState.Published, cancel) is not { LookBackFrom: { } from, LookBackUntil: { } until } notice) return null;
        await using var transaction = await db.Database.BeginTransactionAsync(cancel);
        var asked = Listing.Of(notice) is null ? new AskedAgain(until, true, 0, [])
            : await scope.ServiceProvider.GetRequiredService<AskAgain>().ChunkAsync(NoticeBoard.List, notice.Reference, from, until, notice.IsThereFor, cancel);
        if (asked is null) return null;
        notice.LookedBack(asked.LookedTo, asked.IsOver);
        if (asked.Questions > 0)
        {
            scope.ServiceProvider.GetRequiredService<JournalWriter>().Record(Actor.Server, "questions.asked-again", notice.Reference, details: new { asked.Questions, asked.Hits, from, to = asked.LookedTo });
        }

        try
        {
            await db.SaveChangesAsync(cancel); // hits, journal, and how far it has come
            await transaction.CommitAsync(cancel);
        }
        catch (DbUpdateConcurrencyException)
        {
            return null; // somebody changed the notice in that moment
        }

        return asked;
    }

    [LoggerMessage(LogLevel.Error, "Asking again waits for the database ({Why})")]
    private static partial void Waits(ILogger log, string why);
}
