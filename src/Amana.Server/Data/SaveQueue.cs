using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace Amana.Server.Data;

/// <summary>Saves of this process stand in a queue: first come, first served.</summary>
/// <remarks>SQLite has one writer at a time and no queue: who finds it busy sleeps 100 ms and more, and with a few hundred small saves a second most find it busy. Here the next goes at
/// once. Whoever has begun a transaction has the database already and does not stand in the queue; neither does bulk work (<see cref="WriteTurns"/>).</remarks>
internal sealed class SaveQueue(TimeProvider clock) : SaveChangesInterceptor
{
    /// <summary>Who has not ended by then is not waited for: it may have ended without a word.</summary>
    public static readonly TimeSpan LongestHold = TimeSpan.FromSeconds(2);

    private sealed record Place(DbContextId Context, TaskCompletionSource Turn);

    private readonly Lock _change = new();
    private readonly LinkedList<Place> _waiting = [];
    private DbContextId? _holder;

    public override async ValueTask<InterceptionResult<int>> SavingChangesAsync(DbContextEventData eventData, InterceptionResult<int> result, CancellationToken cancellationToken = default)
    {
        if (eventData.Context!.Database.CurrentTransaction is null) await EnterAsync(eventData.Context.ContextId, cancellationToken);
        return result;
    }

    public override int SavedChanges(SaveChangesCompletedEventData eventData, int result)
    {
        Leave(eventData);
        return result;
    }

    public override ValueTask<int> SavedChangesAsync(SaveChangesCompletedEventData eventData, int result, CancellationToken cancellationToken = default)
    {
        Leave(eventData);
        return ValueTask.FromResult(result);
    }

    public override void SaveChangesFailed(DbContextErrorEventData eventData) => Leave(eventData);

    public override Task SaveChangesFailedAsync(DbContextErrorEventData eventData, CancellationToken cancellationToken = default)
    {
        Leave(eventData);
        return Task.CompletedTask;
    }

    public override void SaveChangesCanceled(DbContextEventData eventData) => Leave(eventData);

    public override Task SaveChangesCanceledAsync(DbContextEventData eventData, CancellationToken cancellationToken = default)
    {
        Leave(eventData);
        return Task.CompletedTask;
    }

    private async Task EnterAsync(DbContextId context, CancellationToken cancel)
    {
        LinkedListNode<Place> place;
        lock (_change)
        {
            if (_holder is null)
            {
                _holder = context;
                return;
            }

            place = _waiting.AddLast(new Place(context, new(TaskCreationOptions.RunContinuationsAsynchronously)));
        }

        try
        {
            await place.Value.Turn.Task.WaitAsync(LongestHold, clock, cancel);
        }
        catch (TimeoutException)
        {
            lock (_change)
            {
                if (place.List is null) return; // its turn came at the same moment
                _waiting.Remove(place);
                _holder = context;
            }
        }
        catch (OperationCanceledException)
        {
            lock (_change)
            {
                if (place.List is not null) _waiting.Remove(place);
                else Next();
            }

            throw;
        }
    }

    private void Leave(DbContextEventData save)
    {
        lock (_change)
        {
            if (_holder == save.Context!.ContextId) Next();
        }
    }

    private void Next()
    {
        var next = _waiting.First;
        _holder = next?.Value.Context;
        if (next is null) return;
        _waiting.Remove(next);
        next.Value.Turn.SetResult();
    }
}
