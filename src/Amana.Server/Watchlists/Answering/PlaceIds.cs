using System.Buffers;
using System.Text;

namespace Amana.Server.Watchlists;

/// <summary>Some ids for each place of an index, and the places of an id. Immutable; most places have none.</summary>
internal sealed class PlaceIds
{
    private const byte Separator = (byte)'\n';

    private readonly Lazy<(ulong[] Hashes, int[] Places)> _places;

    /// <param name="bytes">UTF-8, those of one place joined by a line feed; empty when no place has any.</param>
    /// <param name="ends">Place p has the bytes from element p to element p + 1; empty when no place has any.</param>
    public PlaceIds(byte[] bytes, int[] ends)
    {
        (Bytes, Ends) = (bytes, ends);
        _places = new(SortPlaces);
    }

    public byte[] Bytes { get; }
    public int[] Ends { get; }

    public IReadOnlyList<string> Of(int place)
    {
        var written = BytesOf(place);
        return written.IsEmpty ? [] : Encoding.UTF8.GetString(written).Split('\n');
    }

    /// <summary>Each place that has this id, once, in no order.</summary>
    public IEnumerable<int> PlacesOf(string id)
    {
        ArgumentNullException.ThrowIfNull(id);
        if (Bytes.Length == 0) yield break;
        var (hashes, places) = _places.Value;
        ulong hash = HashOf(Encoding.UTF8.GetBytes(id));
        int at = Array.BinarySearch(hashes, hash);
        if (at < 0) yield break;
        while (at > 0 && hashes[at - 1] == hash) at--;
        for (; at < hashes.Length && hashes[at] == hash; at++)
        {
            if (Of(places[at]).Contains(id, StringComparer.Ordinal)) yield return places[at];
        }
    }

    private ReadOnlySpan<byte> BytesOf(int place) => Bytes.Length == 0 ? [] : Bytes.AsSpan(Ends[place], Ends[place + 1] - Ends[place]);

    private (ulong[] Hashes, int[] Places) SortPlaces()
    {
        var hashes = new List<ulong>();
        var places = new List<int>();
        for (int place = 0; place < Ends.Length - 1; place++)
        {
            var rest = BytesOf(place);
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

    /// <summary>Collects them, one call a place, in the order of the index.</summary>
    internal sealed class Builder
    {
        private readonly ArrayBufferWriter<byte> _bytes = new();
        private readonly List<int> _ends = [0];

        /// <param name="ids">Each once.</param>
        public void Add(IReadOnlyList<string> ids)
        {
            if (ids.Count > 0) _bytes.Write(Encoding.UTF8.GetBytes(string.Join('\n', ids)));
            _ends.Add(_bytes.WrittenCount);
        }

        public PlaceIds Build() => new(_bytes.WrittenSpan.ToArray(), _bytes.WrittenCount == 0 ? [] : [.. _ends]);
    }
}
