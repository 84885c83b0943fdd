using Amana.Lists;

namespace Amana.Server.Watchlists;

/// <summary>Collects <see cref="PlaceFacts"/> while an index is built: one call an entity, in the order of the index.</summary>
internal sealed class PlaceFactsBuilder
{
    private readonly Dictionary<string, ushort> _schemas = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> _topicSets = new(StringComparer.Ordinal);
    private readonly List<string[]> _topics = [];
    private readonly List<ushort> _schema = [];
    private readonly List<int> _topicsOf = [];
    private readonly List<long> _lastChange = [];
    private readonly PlaceIds.Builder _referents = new();
    private readonly PlaceIds.Builder _named = new();

    public void Add(ListedEntity entity) => Add(entity.Schema, entity["topics"], entity.LastChange, entity.Referents, EntityLinks.NamedBy(entity));

    /// <summary>As another index knows it.</summary>
    public void Add(PlaceFacts known, int place) =>
        Add(known.SchemaOf(place), known.TopicsOf(place), known.LastChangeOf(place), known.ReferentsOf(place), known.NamedBy(place));

    private void Add(string schema, IReadOnlyList<string> topics, DateTimeOffset? lastChange, IReadOnlyList<string> referents, IReadOnlyList<string> named)
    {
        _schema.Add(NumberOfSchema(schema));
        _topicsOf.Add(NumberOfTopics(topics));
        _lastChange.Add(lastChange?.UtcTicks ?? 0);
        _referents.Add(referents);
        _named.Add(named);
    }

    public PlaceFacts Build() => new(new PlaceFacts.Parts(
        [.. _schemas.OrderBy(s => s.Value).Select(s => s.Key)],
        [.. _topics],
        [.. _schema], [.. _topicsOf], [.. _lastChange],
        _referents.Build(), _named.Build()));

    private ushort NumberOfSchema(string schema)
    {
        if (!_schemas.TryGetValue(schema, out ushort number)) _schemas[schema] = number = checked((ushort)_schemas.Count);
        return number;
    }

    private int NumberOfTopics(IReadOnlyList<string> topics)
    {
        string key = string.Join('\n', topics);
        if (_topicSets.TryGetValue(key, out int number)) return number;
        _topics.Add([.. topics]);
        return _topicSets[key] = _topics.Count - 1;
    }
}
