using System.Collections.Immutable;
using Amana.Lists;
using Amana.Matching;

namespace Amana.Server.Watchlists;

/// <summary>An index that was built of one whole version, and what filters need to know of its places.</summary>
internal sealed record ListBase(int Version, MatchIndex Index, PlaceFacts Places);

/// <summary>A new record, or one written anew, since the base was built.</summary>
/// <param name="Body">See <see cref="EntityBody"/>.</param>
/// <param name="Version">The version of the list that brought it.</param>
internal sealed record DeltaEntry(string Id, byte[] Body, int Version)
{
    public ListedEntity Read() => EntityBody.Read(Id, Body);
}

/// <summary>What one version changes in the version before it.</summary>
/// <param name="Put">New and changed entries, in the list's order.</param>
/// <param name="Gone">Ids of those that are no more.</param>
internal sealed record ListChanges(int Version, IReadOnlyList<DeltaEntry> Put, IReadOnlyCollection<string> Gone)
{
    public int Count => Put.Count + Gone.Count;

    public IEnumerable<string> Ids => Put.Select(p => p.Id).Concat(Gone);
}

/// <summary>All that changed in a list since its base index was built: small beside it, and written anew with each change.</summary>
internal sealed record ListDelta
{
    /// <summary>A delta up to this size stays; above it, one that is a larger share of the list than <see cref="LargeFrom"/> is merged.</summary>
    public const int SmallUpTo = 1_000;
    private const double LargeFrom = 0.02;

    public static ListDelta None { get; } = new();

    /// <summary>In the order of their places, which follow those of the base.</summary>
    public ImmutableArray<DeltaEntry> Entries { get; private init; } = [];
    /// <summary>Places of the base that answer no more.</summary>
    public ImmutableHashSet<int> Dropped { get; private init; } = [];
    /// <summary>What went since the server began with this base, and with which version: for the next base, which may still have it.</summary>
    public ImmutableDictionary<string, int> Gone { get; private init; } = ImmutableDictionary.Create<string, int>(StringComparer.Ordinal);

    /// <summary>What a question, and each change, pay for.</summary>
    public int Size => Entries.Length + Dropped.Count;

    public bool IsLargeBeside(ListBase @base) => Math.Max(Size, Gone.Count) > Math.Max(SmallUpTo, @base.Index.Count * LargeFrom);

    public static ListDelta Of(IEnumerable<DeltaEntry> entries, IEnumerable<int> dropped) => new() { Entries = [.. entries], Dropped = [.. dropped] };

    public ListDelta With(ListBase @base, ListChanges changes)
    {
        var ids = changes.Ids.ToHashSet(StringComparer.Ordinal);
        return new ListDelta
        {
            Entries = [.. Entries.Where(e => !ids.Contains(e.Id)), .. changes.Put],
            Dropped = Dropped.Union(@base.Index.PlacesOf(ids)),
            Gone = Gone.RemoveRange(changes.Put.Select(p => p.Id)).SetItems(changes.Gone.Select(id => KeyValuePair.Create(id, changes.Version))),
        };
    }

    /// <summary>The same, seen from a base that has all up to its own version.</summary>
    public ListDelta Over(ListBase newer)
    {
        var entries = Entries.RemoveAll(e => e.Version <= newer.Version);
        var gone = Gone.Where(g => g.Value > newer.Version).ToImmutableDictionary(StringComparer.Ordinal);
        return new ListDelta { Entries = entries, Gone = gone, Dropped = [.. newer.Index.PlacesOf(entries.Select(e => e.Id).Concat(gone.Keys))] };
    }
}
