using System.Collections.Immutable;

namespace Amana.Server.Watchlists;

/// <summary>What filters need to know of each place of an index, without the record itself: some 15 bytes a place,
/// the referents, and the ids of others that it names. Immutable.</summary>
/// <remarks>Over a base and its changes the places of the changes follow those of the base, as in the index.</remarks>
public sealed class PlaceFacts
{
    private readonly Parts _parts;
    private readonly PlaceFacts? _added;
    private readonly ImmutableHashSet<int> _dropped = [];

    internal PlaceFacts(Parts parts) => _parts = parts;

    /// <param name="dropped">Places of <paramref name="base"/> that answer no more.</param>
    internal PlaceFacts(PlaceFacts @base, PlaceFacts added, ImmutableHashSet<int> dropped) => (_parts, _added, _dropped) = (@base._parts, added, dropped);

    /// <summary>One past the last place.</summary>
    public int Count => Own + (_added?.Count ?? 0);

    private int Own => _parts.Schema.Length;

    /// <summary>The FollowTheMoney schema, such as <c>Person</c>.</summary>
    public string SchemaOf(int place) => place >= Own && _added is not null ? _added.SchemaOf(place - Own) : _parts.Schemas[_parts.Schema[place]];

    /// <summary>FollowTheMoney topics, such as <c>sanction</c>; empty when the list has none.</summary>
    public IReadOnlyList<string> TopicsOf(int place) => place >= Own && _added is not null ? _added.TopicsOf(place - Own) : _parts.TopicSets[_parts.Topics[place]];

    /// <summary>When the source last changed the entry, as it says itself, in UTC.</summary>
    public DateTimeOffset? LastChangeOf(int place) => place >= Own && _added is not null ? _added.LastChangeOf(place - Own)
        : _parts.LastChange[place] is > 0 and long ticks ? new DateTimeOffset(ticks, TimeSpan.Zero) : null;

    /// <summary>Other ids under which the same entity was published.</summary>
    public IReadOnlyList<string> ReferentsOf(int place) => place >= Own && _added is not null ? _added.ReferentsOf(place - Own) : _parts.Referents.Of(place);

    public bool HasReferent(int place, string id) => PlacesOfReferent(id).Contains(place);

    /// <summary>The places that were published under this other id too.</summary>
    public IEnumerable<int> PlacesOfReferent(string id) => Answering(_parts.Referents.PlacesOf(id), f => f.PlacesOfReferent(id));

    /// <summary>The places that name this id as their owner, parent and so on: see <see cref="EntityLinks"/>. In order.</summary>
    public IEnumerable<int> PlacesThatName(string id) => Answering(_parts.Named.PlacesOf(id).Order(), f => f.PlacesThatName(id));

    internal IReadOnlyList<string> NamedBy(int place) => place >= Own && _added is not null ? _added.NamedBy(place - Own) : _parts.Named.Of(place);

    internal Parts Everything => _parts;

    private IEnumerable<int> Answering(IEnumerable<int> ofBase, Func<PlaceFacts, IEnumerable<int>> ofAdded) =>
        _added is null ? ofBase : ofBase.Where(p => !_dropped.Contains(p)).Concat(ofAdded(_added).Select(p => p + Own));

    /// <param name="Schemas">Each schema once.</param>
    /// <param name="TopicSets">Each combination of topics once.</param>
    /// <param name="Schema">By place: position in <paramref name="Schemas"/>.</param>
    /// <param name="Topics">By place: position in <paramref name="TopicSets"/>.</param>
    /// <param name="LastChange">By place: UTC ticks, or 0.</param>
    /// <param name="Referents">By place: other ids of the same entity.</param>
    /// <param name="Named">By place: ids of other entities that it points to.</param>
    internal sealed record Parts(
        string[] Schemas, string[][] TopicSets, ushort[] Schema, int[] Topics, long[] LastChange, PlaceIds Referents, PlaceIds Named);
}
