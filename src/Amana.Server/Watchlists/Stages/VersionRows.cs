using Amana.Server.Data;
using Amana.Server.Foundation;
using Microsoft.EntityFrameworkCore;

namespace Amana.Server.Watchlists;

/// <summary>Lets go of rows that no version needs any more, a little at a time so that others can write between.</summary>
internal sealed class VersionRows(IServiceScopeFactory scopes, WriteTurns turns)
{
    private const int ChunkRows = 5_000;

    /// <summary>Takes back what a version wrote that does not answer: stopped, refused, undone, or cut off by a kill.</summary>
    public async Task TakeBackAsync(int list, int version, long firstKey, CancellationToken cancel)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<AmanaDb>();
        var rows = db.StoredEntities.Where(e => e.List == list);
        await InChunksAsync(rows.Where(e => e.Key >= firstKey && e.FromVersion == version).Select(e => e.Key),
            chunk => rows.Where(e => e.Key >= chunk.From && e.Key <= chunk.To && e.FromVersion == version).ExecuteDeleteAsync(cancel), cancel);
        await InChunksAsync(rows.Where(e => e.ToVersion == version).Select(e => e.Key),
            chunk => rows.Where(e => e.Key >= chunk.From && e.Key <= chunk.To && e.ToVersion == version)
                .ExecuteUpdateAsync(set => set.SetProperty(e => e.ToVersion, (int?)null), cancel), cancel);
        await InChunksAsync(rows.Where(e => e.Key < firstKey && e.SeenFrom == version).Select(e => e.Key),
            chunk => rows.Where(e => e.Key >= chunk.From && e.Key <= chunk.To && e.SeenFrom == version)
                .ExecuteUpdateAsync(set => set.SetProperty(e => e.LastSeen, e => e.SeenBefore).SetProperty(e => e.SeenFrom, 0), cancel), cancel);
    }

    /// <summary>Takes back all versions of the list that do not answer, before the next one is written.</summary>
    public async Task TakeBackLeftoversAsync(int list, CancellationToken cancel)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<AmanaDb>();
        var left = await db.ListVersions.Where(v => v.List == list
            && (v.State == VersionState.Building || v.State == VersionState.Undone || v.State == VersionState.Dropped)).ToListAsync(cancel);
        foreach (var version in left.OrderByDescending(v => v.Number))
        {
            await TakeBackAsync(list, version.Number, version.FirstKey, cancel);
            version.State = VersionState.Gone;
            await db.SaveChangesAsync(cancel);
        }
    }

    /// <summary>Removes what only versions before <paramref name="oldestKept"/> showed.</summary>
    public async Task RemoveBeforeAsync(int list, int oldestKept, CancellationToken cancel)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<AmanaDb>();
        await InChunksAsync(db.StoredEntities.Where(e => e.List == list && e.ToVersion != null && e.ToVersion <= oldestKept).Select(e => e.Key),
            chunk => db.StoredEntities.Where(e => e.List == list && e.Key >= chunk.From && e.Key <= chunk.To && e.ToVersion != null && e.ToVersion <= oldestKept)
                .ExecuteDeleteAsync(cancel), cancel);
        await db.ListVersions.Where(v => v.List == list && v.Number < oldestKept && v.State == VersionState.Published)
            .ExecuteUpdateAsync(set => set.SetProperty(v => v.State, VersionState.Gone), cancel);
    }

    /// <summary>Removes the records of a list that is gone.</summary>
    /// <returns>How many states of entities there were.</returns>
    public async Task<int> RemoveAllAsync(int list, CancellationToken cancel)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<AmanaDb>();
        int removed = 0;
        await InChunksAsync(db.StoredEntities.Where(e => e.List == list).Select(e => e.Key),
            async chunk => removed += await db.StoredEntities.Where(e => e.List == list && e.Key >= chunk.From && e.Key <= chunk.To).ExecuteDeleteAsync(cancel), cancel);
        return removed;
    }

    /// <summary>What a run noted of rows, when it begins to read anew.</summary>
    public async Task ForgetNotesAsync(Id<ImportRun> run, CancellationToken cancel)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<AmanaDb>();
        await InChunksAsync(db.RejectedRows.Where(r => r.Run == run).Select(r => r.Key),
            chunk => db.RejectedRows.Where(r => r.Run == run && r.Key >= chunk.From && r.Key <= chunk.To).ExecuteDeleteAsync(cancel), cancel);
        await InChunksAsync(db.ListChanges.Where(c => c.Run == run).Select(c => c.Key),
            chunk => db.ListChanges.Where(c => c.Run == run && c.Key >= chunk.From && c.Key <= chunk.To).ExecuteDeleteAsync(cancel), cancel);
    }

    // Each chunk begins after the one before, so that no row is walked over twice.
    private async Task InChunksAsync(IQueryable<long> keys, Func<(long From, long To), Task<int>> act, CancellationToken cancel)
    {
        long after = 0;
        while (true)
        {
            long from = after;
            var chunk = await keys.Where(k => k > from).Order().Take(ChunkRows).ToListAsync(cancel);
            if (chunk.Count == 0) return;
            turns.LetOthersGo();
            await act((chunk[0], chunk[^1]));
            after = chunk[^1];
        }
    }
}
