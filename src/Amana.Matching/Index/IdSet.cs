using System.Text;

namespace Amana.Matching.Index;

/// <summary>Some ids, to be looked for among those of all places.</summary>
internal sealed class IdSet
{
    private readonly HashSet<ulong> _hashes = [];
    private readonly HashSet<string> _ids;

    public IdSet(IEnumerable<string> ids)
    {
        _ids = [.. ids];
        foreach (string id in _ids) _hashes.Add(Hashing.Of(Encoding.UTF8.GetBytes(id)));
    }

    /// <summary>The places that answer under one of the ids, ascending.</summary>
    public List<int> In(PackedIndex index)
    {
        var places = new List<int>();
        if (_ids.Count == 0) return places;
        for (int place = 0; place < index.Places; place++)
            if (_hashes.Contains(Hashing.Of(index.IdBytesOf(place))) && !index.IsDropped(place) && _ids.Contains(index.IdOf(place))) places.Add(place);
        return places;
    }
}
