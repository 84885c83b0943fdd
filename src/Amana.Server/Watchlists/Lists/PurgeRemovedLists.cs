using Amana.Server.Data;
using Amana.Server.Foundation;
using Amana.Server.Journal;
using Microsoft.EntityFrameworkCore;

namespace Amana.Server.Watchlists;

/// <summary>Deletes removed lists whose time to be restored is over: records, versions, notes of runs, index and files. Hits keep
/// their own copy of what was seen; runs keep their references, which are never given twice.</summary>
internal sealed class PurgeRemovedLists(
    IServiceScopeFactory scopes, ListSwitch listSwitch, VersionRows rows, IndexFiles indexes, RunFiles files, TimeProvider clock, ILogger<PurgeRemovedLists> log)
    : BackgroundService
{
    private static readonly TimeSpan LookEvery = TimeSpan.FromMinutes(10);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await PurgeDueAsync(stoppingToken);
            }
            catch (Exception failed) when (failed is not OperationCanceledException)
            {
                log.NotPurged(failed); // the outermost edge of the job; the next look goes on where it ended
            }
            await Task.Delay(LookEvery, clock, stoppingToken);
        }
    }

    /// <summary>A purge that is cut off leaves the list's row, and is taken up again at the next call.</summary>
    /// <returns>How many lists were deleted.</returns>
    public async Task<int> PurgeDueAsync(CancellationToken cancel)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<AmanaDb>();
        var journal = scope.ServiceProvider.GetRequiredService<JournalWriter>();
        int purged = 0;
        // The switch is held only to decide: a list that is due can no longer be restored, so nobody else touches it after.
        foreach (var list in await DueAsync(db, cancel))
        {
            var runs = await db.Runs.Where(r => r.List == list.Number).ToListAsync(cancel);
            foreach (var run in runs)
            {
                if (!run.IsOver) run.StopWithList(clock.GetUtcNow()); // queued by an upload that ended in the moment of the removal
                files.Clear(run.Id);
                await rows.ForgetNotesAsync(run.Id, cancel);
            }
            int entities = await rows.RemoveAllAsync(list.Number, cancel);
            indexes.RemoveAll(list.Name);
            db.ListVersions.RemoveRange(await db.ListVersions.Where(v => v.List == list.Number).ToListAsync(cancel));
            db.ListSources.RemoveRange(await db.ListSources.Where(s => s.List == list.Number).ToListAsync(cancel));
            db.Lists.Remove(list);
            journal.Record(Actor.Server, "list.purged", list.Name, details: new { entityStates = entities, runs = runs.Count, removedAt = list.RemovedAt });
            await db.SaveChangesAsync(cancel);
            purged++;
        }
        return purged;
    }

    private async Task<List<WatchList>> DueAsync(AmanaDb db, CancellationToken cancel)
    {
        using var turn = await listSwitch.TakeAsync(cancel);
        var now = clock.GetUtcNow();
        return await db.Lists.Where(l => l.PurgeAt != null && l.PurgeAt <= now).ToListAsync(cancel);
    }
}
