using System.Text.Json.Serialization;
using Amana.Server.Access;
using Amana.Server.Foundation;
using Amana.Server.Watchlists;

namespace Amana.Server.Screening;

/// <summary>The lists that answer now, as yente's clients read them.</summary>
internal sealed class ShowCatalog(Gate gate, ListShelf shelf)
{
    public async Task<Result<CatalogAnswer>> RunAsync(Caller caller, CancellationToken cancel)
    {
        var right = caller.Has(Right.ReadLists) ? Right.ReadLists : Right.Screen;
        if (await gate.CheckAsync(caller, right, cancel) is { } forbidden) return forbidden;
        var lists = shelf.Current.VisibleTo(caller);
        return new CatalogAnswer
        {
            Datasets = [.. lists.Select(CatalogDataset.Of).Append(CatalogDataset.OfAll(lists))],
            Current = [.. lists.Select(l => l.Name).Append(ChoiceRequest.Everything)],
            IndexStale = !shelf.IsReady,
        };
    }
}

internal sealed record CatalogAnswer
{
    public required IReadOnlyList<CatalogDataset> Datasets { get; init; }
    /// <summary>Names of the lists whose newest version answers. A version is published as a whole, so these are all of them.</summary>
    public required IReadOnlyList<string> Current { get; init; }
    public IReadOnlyList<string> Outdated { get; } = [];
    [JsonPropertyName("index_stale")] public required bool IndexStale { get; init; }
}

internal sealed record CatalogDataset
{
    public required string Name { get; init; }
    public required string Title { get; init; }
    public string? Summary { get; init; }
    public string? Url { get; init; }
    public bool Load { get; init; } = true;
    public required string Version { get; init; }
    [JsonPropertyName("entity_count")] public required int EntityCount { get; init; }
    [JsonPropertyName("updated_at")] public required DateTimeOffset? UpdatedAt { get; init; }
    [JsonPropertyName("entities_url")] public string? EntitiesUrl { get; init; }
    [JsonPropertyName("index_version")] public string IndexVersion => Version;
    [JsonPropertyName("index_current")] public bool IndexCurrent { get; } = true;
    public IReadOnlyList<string> Children { get; init; } = [];

    public static CatalogDataset Of(LoadedList list) => new()
    {
        Name = list.Name, Title = list.Title, Version = list.Version, EntityCount = list.EntityCount, UpdatedAt = list.UpdatedAt,
    };

    /// <summary>The collection of all that the caller may see.</summary>
    public static CatalogDataset OfAll(IReadOnlyList<LoadedList> lists) => new()
    {
        Name = ChoiceRequest.Everything,
        Title = "All lists",
        Load = false,
        Version = lists.Max(l => l.Version) ?? "0",
        EntityCount = lists.Sum(l => l.EntityCount),
        UpdatedAt = lists.Count == 0 ? null : lists.Max(l => l.UpdatedAt),
        Children = [.. lists.Select(l => l.Name)],
    };
}
