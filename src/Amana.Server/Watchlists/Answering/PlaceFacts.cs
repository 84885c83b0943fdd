using System.Text;

namespace Amana.Server.Watchlists;

/// <summary>What filters need to know of each place of an index, without the record itself: some 15 bytes a place,
/// and the referents. Immutable.</summary>
public sealed class PlaceFacts
{
    private const byte Separator = (byte)'\n';

    private readonly Parts _parts;
    private readonly Lazy<(ulong[] Hashes, int[] Places)> _byReferent;

    internal PlaceFacts(Parts parts)
    {
        _parts = parts;
        _byReferent = new(SortReferents);
    }

    public int Count => _parts.Schema.Length;

    /// <summary>The FollowTheMoney schema, such as <c>Person</c>.</summary>
    public string SchemaOf(int place) => _parts.Schemas[_parts.Schema[place]];

    /// <summary>FollowTheMoney topics, such as <c>sanction</c>; empty when the list has none.</summary>
    public IReadOnlyList<string> TopicsOf(int place) => _parts.TopicSets[_parts.Topics[place]];

    /// <summary>When the source last changed the entry, as it says itself, in UTC.</summary>
    public DateTimeOffset? LastChangeOf(int place) =>
        _parts.LastChange[place] is > 0 and long ticks ? new DateTimeOffset(ticks, TimeSpan.Zero) : null;

    /// <summary>Other ids under which the same entity was published.</summary>
    public IReadOnlyList<string> ReferentsOf(int place)
    {
        var written = ReferentBytesOf(place);
        return written.IsEmpty ? [] : Encoding.UTF8.GetString(written).Split('\n');
    }

    public bool HasReferent(int place, string id) => PlacesOfReferent(id).Contains(place);

    /// <summary>The places that were published under this other id too.</summary>
    public IEnumerable<int> PlacesOfReferent(string id)
    {
        ArgumentNullException.ThrowIfNull(id);
        if (_parts.Referents.Length == 0) yield break;
        var (hashes, places) = _byReferent.Value;
        ulong hash = HashOf(Encoding.UTF8.GetBytes(id));
        int at = Array.BinarySearch(hashes, hash);
        if (at < 0) yield break;
        while (at > 0 && hashes[at - 1] == hash) at--;
        for (; at < hashes.Length && hashes[at] == hash; at++)
        {
            if (ReferentsOf(places[at]).Contains(id, StringComparer.Ordinal)) yield return places[at];
        }
    }

    internal Parts Everything => _parts;

    private ReadOnlySpan<byte> ReferentBytesOf(int place) =>
        _parts.Referents.Length == 0 ? [] : _parts.Referents.AsSpan(_parts.ReferentEnd[place], _parts.ReferentEnd[place + 1] - _parts.ReferentEnd[place]);

    private (ulong[] Hashes, int[] Places) SortReferents()
    {
        var hashes = new List<ulong>();
        var places = new List<int>();
        for (int place = 0; place < Count; place++)
        {
            var rest = ReferentBytesOf(place);
            while (!rest.IsEmpty)
            {
                int end = rest.IndexOf(Separator);
                var one = end < 0 ? rest : rest[..end];
                rest = end < 0 ? [] : rest[(end + 1)..];
                hashes.Add(HashOf(one));
                places.Add(place);
            }
        }
        var (sorted, by) = (hashes.ToArray(), places.ToArray());
        Array.Sort(sorted, by);
        return (sorted, by);
    }

    /// <summary>FNV-1a, 64 bits: only leads to the candidates, which are then compared as a whole.</summary>
    private static ulong HashOf(ReadOnlySpan<byte> text)
    {
        ulong hash = 14695981039346656037;
        foreach (byte b in text) hash = (hash ^ b) * 1099511628211;
        return hash;
    }

    /// <param name="Schemas">Each schema once.</param>
    /// <param name="TopicSets">Each combination of topics once.</param>
    /// <param name="Schema">By place: position in <paramref name="Schemas"/>.</param>
    /// <param name="Topics">By place: position in <paramref name="TopicSets"/>.</param>
    /// <param name="LastChange">By place: UTC ticks, or 0.</param>
    /// <param name="Referents">UTF-8, those of one place joined by a line feed; empty when no place has any.</param>
    /// <param name="ReferentEnd">Place p has the bytes from element p to element p + 1; empty when no place has any.</param>
    internal sealed record Parts(
        string[] Schemas, string[][] TopicSets, ushort[] Schema, int[] Topics, long[] LastChange, byte[] Referents, int[] ReferentEnd);
}
