using System.Text.Json.Serialization;
using Amana.Lists;
using Amana.Server.Watchlists;

namespace Amana.Server.Screening;

/// <summary>A whole entity in FollowTheMoney's shape, as yente's clients read it.</summary>
public record EntityView
{
    public required string Id { get; init; }
    public required string Caption { get; init; }
    public required string Schema { get; init; }
    public required IReadOnlyDictionary<string, IReadOnlyList<string>> Properties { get; init; }
    public required IReadOnlyList<string> Datasets { get; init; }
    public required IReadOnlyList<string> Referents { get; init; }
    public required bool Target { get; init; }
    [JsonPropertyName("first_seen")] public required DateTimeOffset? FirstSeen { get; init; }
    [JsonPropertyName("last_seen")] public required DateTimeOffset? LastSeen { get; init; }
    [JsonPropertyName("last_change")] public required DateTimeOffset? LastChange { get; init; }

    /// <summary>The values of a property; none when the record has none.</summary>
    public IReadOnlyList<string> Of(string property) => Properties.TryGetValue(property, out var values) ? values : [];

    public static EntityView From(FoundEntity found) => From(found.Entity, found.List.Name);

    public static EntityView From(ListedEntity entity, string list) => new()
    {
        Id = entity.Id,
        Caption = entity.Caption,
        Schema = entity.Schema,
        Properties = entity.Properties,
        Datasets = [list],
        Referents = entity.Referents,
        Target = entity.Target,
        FirstSeen = entity.FirstSeen,
        LastSeen = entity.LastSeen,
        LastChange = entity.LastChange,
    };
}
