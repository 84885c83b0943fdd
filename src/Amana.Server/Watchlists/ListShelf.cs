namespace Amana.Server.Watchlists;

/// <summary>The list versions that answer now. One per server; read without locks by every question.</summary>
/// <remarks>A published version replaces the whole snapshot in one step: a question sees the old or the new, never half.</remarks>
public sealed class ListShelf
{
    private readonly Lock _changing = new();
    private readonly TaskCompletionSource _ready = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private volatile Action<ListSnapshot>[] _watchers = [];
    private volatile ListSnapshot _current = ListSnapshot.Empty;

    /// <summary>Take it once per question and use that one to the end.</summary>
    public ListSnapshot Current => _current;

    /// <summary>True once every list that was published before the start answers again.</summary>
    public bool IsReady => _ready.Task.IsCompletedSuccessfully;

    /// <summary>Completes when <see cref="IsReady"/> becomes true.</summary>
    public Task Ready => _ready.Task;

    /// <summary>Calls <paramref name="then"/> after each change, on the thread that made it; it must be quick and must not throw.</summary>
    public void OnChange(Action<ListSnapshot> then)
    {
        ArgumentNullException.ThrowIfNull(then);
        lock (_changing) _watchers = [.. _watchers, then];
    }

    internal void Put(LoadedList list) => Change(lists => [.. lists.Where(l => l.Name != list.Name), list]);

    internal void TakeDown(string name) => Change(lists => [.. lists.Where(l => l.Name != name)]);

    internal void SetReady() => _ready.TrySetResult();

    private void Change(Func<IReadOnlyList<LoadedList>, IEnumerable<LoadedList>> change)
    {
        ListSnapshot next;
        lock (_changing)
        {
            next = new ListSnapshot(_current.Number + 1, [.. change(_current.Lists).OrderBy(l => l.Name, StringComparer.Ordinal)]);
            _current = next;
        }
        foreach (var watcher in _watchers) watcher(next);
    }
}
