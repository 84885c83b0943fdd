using System.Collections.Concurrent;
using Amana.Matching;
using Amana.Server.Access;

namespace Amana.Server.Watchlists;

/// <summary>All lists as they answered at one moment. Immutable.</summary>
public sealed class ListSnapshot
{
    internal static readonly ListSnapshot Empty = new(0, []);

    private readonly Dictionary<MatchIndex, LoadedList> _byIndex;
    private readonly ConcurrentDictionary<string, MatchSet> _sets = new(StringComparer.Ordinal);

    internal ListSnapshot(long number, IReadOnlyList<LoadedList> lists)
    {
        Number = number;
        Lists = lists;
        Set = new MatchSet([.. lists.Select(l => l.Index)]);
        _byIndex = lists.ToDictionary(l => l.Index);
    }

    /// <summary>Counts the changes since the start of the server: 0 before the first list is open.</summary>
    public long Number { get; }

    /// <summary>By name.</summary>
    public IReadOnlyList<LoadedList> Lists { get; }

    /// <summary>All of <see cref="Lists"/>, asked as one.</summary>
    public MatchSet Set { get; }

    /// <summary>The lists whose records the caller may be shown as answers.</summary>
    public IReadOnlyList<LoadedList> VisibleTo(Caller caller)
    {
        ArgumentNullException.ThrowIfNull(caller);
        return caller.Has(Right.Screen) || caller.Has(Right.ReadRecords) || caller.Has(Right.ReadLists) ? Lists : [];
    }

    /// <summary>The list of that name; null when there is none or the caller may not see it.</summary>
    public LoadedList? Find(string name, Caller caller) => VisibleTo(caller).FirstOrDefault(l => l.Name == name);

    /// <summary>The list that an answer came from.</summary>
    public LoadedList ListOf(MatchIndex index) => _byIndex[index];

    /// <summary>Some of the lists of this snapshot, asked as one; the same choice gives the same set again.</summary>
    public MatchSet SetOf(IReadOnlyCollection<LoadedList> lists)
    {
        ArgumentNullException.ThrowIfNull(lists);
        if (lists.Count == Lists.Count) return Set;
        var inOrder = lists.OrderBy(l => l.Name, StringComparer.Ordinal).ToList();
        return _sets.GetOrAdd(string.Join('/', inOrder.Select(l => l.Name)), _ => new MatchSet([.. inOrder.Select(l => l.Index)]));
    }
}
