namespace Amana.Server.Watchlists;

/// <summary>The list versions that answer now. One per server; read without locks by every question.</summary>
/// <remarks>A published version replaces the whole snapshot in one step: a question sees the old or the new, never half.</remarks>
public sealed class ListShelf(ListAudiences audiences)
{
    /// <summary>Which records are not there for a bureau.</summary>
    public ListAudiences Audiences => audiences;

    private readonly Lock _changing = new();
    private readonly TaskCompletionSource _opened = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private volatile string[] _missing = [];
    private volatile Action<ListSnapshot>[] _watchers = [];
    private volatile ListSnapshot _current = ListSnapshot.Empty;

    /// <summary>Take it once per question and use that one to the end.</summary>
    public ListSnapshot Current => _current;

    /// <summary>True once every list that was published before the start answers again: a list that is missing would
    /// answer "no hit".</summary>
    public bool IsReady => _opened.Task.IsCompletedSuccessfully && _missing.Length == 0;

    /// <summary>Completes when all lists have been opened, or could not be.</summary>
    public Task Opened => _opened.Task;

    /// <summary>Calls <paramref name="then"/> after each change, on the thread that made it; it must be quick and must not throw.</summary>
    public void OnChange(Action<ListSnapshot> then)
    {
        ArgumentNullException.ThrowIfNull(then);
        lock (_changing) _watchers = [.. _watchers, then];
    }

    internal void Put(LoadedList list) => Change(list.Name, lists => [.. lists.Where(l => l.Name != list.Name), list]);

    internal void TakeDown(string name) => Change(name, lists => [.. lists.Where(l => l.Name != name)]);

    /// <summary>The list should answer and cannot.</summary>
    internal void Miss(string name)
    {
        lock (_changing) _missing = [.. _missing, name];
    }

    internal void AllTried() => _opened.TrySetResult();

    private void Change(string name, Func<IReadOnlyList<LoadedList>, IEnumerable<LoadedList>> change)
    {
        ListSnapshot next;
        lock (_changing)
        {
            next = new ListSnapshot(_current.Number + 1, [.. change(_current.Lists).OrderBy(l => l.Name, StringComparer.Ordinal)]);
            _current = next;
            _missing = [.. _missing.Where(m => m != name)];
        }
        foreach (var watcher in _watchers) watcher(next);
    }
}
