using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace Amana.Server.Data;

/// <summary>Lets people's acts write between the batches of bulk work.</summary>
/// <remarks>SQLite has one writer at a time and no queue: who waits looks again every 100 ms, and bulk work that takes the
/// next turn at once would be there first each time. So bulk work asks here who is waiting, and lets those go first.</remarks>
internal sealed class WriteTurns(TimeProvider clock) : SaveChangesInterceptor
{
    /// <summary>Longest time that bulk work gives way between two batches: twice what a waiting writer sleeps, and a half.</summary>
    public static readonly TimeSpan LongestWait = TimeSpan.FromMilliseconds(250);

    private readonly object _change = new();
    private readonly HashSet<DbContextId> _waiting = [];

    /// <summary>Returns when all who are saving now have saved, or after <see cref="LongestWait"/>. Never called inside a
    /// transaction. Blocks its thread: bulk work has one of its own.</summary>
    public void LetOthersGo() => LetOthersGo(LongestWait);

    internal void LetOthersGo(TimeSpan longest)
    {
        lock (_change)
        {
            if (_waiting.Count == 0) return;
            var first = _waiting.ToHashSet();
            long since = clock.GetTimestamp();
            while (_waiting.Overlaps(first))
            {
                var left = longest - clock.GetElapsedTime(since);
                if (left <= TimeSpan.Zero || !Monitor.Wait(_change, left))
                {
                    // Whoever did not come in that time may have ended without a word, and is not waited for again.
                    _waiting.ExceptWith(first);
                    return;
                }
            }
        }
    }

    public override InterceptionResult<int> SavingChanges(DbContextEventData eventData, InterceptionResult<int> result)
    {
        Begin(eventData);
        return result;
    }

    public override ValueTask<InterceptionResult<int>> SavingChangesAsync(
        DbContextEventData eventData, InterceptionResult<int> result, CancellationToken cancellationToken = default)
    {
        Begin(eventData);
        return ValueTask.FromResult(result);
    }

    public override int SavedChanges(SaveChangesCompletedEventData eventData, int result)
    {
        End(eventData);
        return result;
    }

    public override ValueTask<int> SavedChangesAsync(SaveChangesCompletedEventData eventData, int result, CancellationToken cancellationToken = default)
    {
        End(eventData);
        return ValueTask.FromResult(result);
    }

    public override void SaveChangesFailed(DbContextErrorEventData eventData) => End(eventData);

    public override Task SaveChangesFailedAsync(DbContextErrorEventData eventData, CancellationToken cancellationToken = default)
    {
        End(eventData);
        return Task.CompletedTask;
    }

    public override void SaveChangesCanceled(DbContextEventData eventData) => End(eventData);

    public override Task SaveChangesCanceledAsync(DbContextEventData eventData, CancellationToken cancellationToken = default)
    {
        End(eventData);
        return Task.CompletedTask;
    }

    private void Begin(DbContextEventData save)
    {
        lock (_change) _waiting.Add(save.Context!.ContextId);
    }

    private void End(DbContextEventData save)
    {
        lock (_change)
        {
            if (_waiting.Remove(save.Context!.ContextId)) Monitor.PulseAll(_change);
        }
    }
}
