using Amana.Server.Data;
using Amana.Server.Foundation;
using Amana.Server.Journal;
using Microsoft.EntityFrameworkCore;

namespace Amana.Server.Watchlists;

/// <summary>Stage publish: one transaction switches the list to its new version and ends the run; then the shelf follows.</summary>
internal sealed class PublishVersion(IServiceScopeFactory scopes, ListSwitch listSwitch, ListShelf shelf, IndexFiles indexes, TimeProvider clock)
{
    /// <returns>False when a person paused the run at the last moment; nothing is changed then.</returns>
    /// <exception cref="OperationCanceledException">A person stopped it at the last moment.</exception>
    public async Task<bool> PublishAsync(RunJob job, CancellationToken cancel)
    {
        using var turn = await listSwitch.TakeAsync(cancel);
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<AmanaDb>();
        var journal = scope.ServiceProvider.GetRequiredService<JournalWriter>();
        var now = clock.GetUtcNow();
        var run = await db.Runs.SingleAsync(r => r.Id == job.Run, cancel);
        if (run.State is RunState.Paused) return false;
        if (run.State is not RunState.Running) throw new OperationCanceledException("The run was stopped.");
        var list = await db.Lists.SingleAsync(l => l.Number == job.ListNumber, cancel);
        var source = await db.ListSources.SingleAsync(s => s.List == job.ListNumber, cancel);
        var version = await db.ListVersions.SingleAsync(v => v.List == job.ListNumber && v.Number == job.Version, cancel);
        list.Publish(job.Version);
        (version.State, version.PublishedAt, version.EntityCount) = (VersionState.Published, now, job.After);
        (source.Validators, source.ContentHash) = (run.Validators, run.ContentHash);
        run.Publish(now);
        var (added, changed, removed, rejected) = (job.Progress.Added, job.Progress.Changed, job.Progress.Removed, job.Progress.Rejected);
        journal.Record(Actor.Server, "list.published", run.Reference,
            details: new { list = list.Name, version = version.Label, entities = job.After, added, changed, removed, rejected });
        // Opened before the switch: files that cannot be opened must not become the version that answers.
        var opened = indexes.Open(list, version);
        await db.SaveChangesAsync(cancel);
        shelf.Put(opened);
        return true;
    }
}
