using Amana.Server.Foundation;

namespace Amana.Server.Screening;

/// <summary>What a search keeps of the entities it found, and what it counts of them.</summary>
/// <remarks>Values of one field are alternatives, or all wanted with <c>filter_op=AND</c>; fields are always all wanted.
/// Source: the search of OpenSanctions' yente, https://www.opensanctions.org/docs/api/search/.</remarks>
internal sealed class SearchFilters
{
    public const string Any = "OR";
    private const string All = "AND";
    private const string PropertyPrefix = "properties.";

    private static readonly string[] CountryProperties = ["country", "nationality", "citizenship", "jurisdiction", "birthCountry", "mainCountry", "flag"];
    private static readonly string[] IdentifierProperties =
    [
        "idNumber", "passportNumber", "registrationNumber", "taxNumber", "vatCode", "innCode", "ogrnCode", "leiCode", "swiftBic", "imoNumber", "mmsi", "socialSecurityNumber",
    ];
    private static readonly string[] FacetsDefault = ["countries", "topics", "datasets"];

    private readonly IReadOnlyList<IGrouping<string, string>> _wanted;
    private readonly IReadOnlyList<string> _facets;
    private readonly bool _all;
    private readonly bool? _target;
    private readonly string _schema;

    private SearchFilters(SearchText.Request request, IReadOnlyList<(string Field, string Value)> more)
    {
        var wanted = request.Countries.Select(c => ("countries", c)).Concat(request.Choice.Topics.Select(t => ("topics", t)))
            .Concat(request.Datasets.Select(d => ("datasets", d))).Concat(more);
        _wanted = [.. wanted.GroupBy(w => w.Item1, w => w.Item2, StringComparer.Ordinal)];
        _facets = request.Facets.Count == 0 ? FacetsDefault : [.. request.Facets.Distinct(StringComparer.Ordinal)];
        (_all, _target, _schema) = (request.FilterOp == All, request.Target, request.Schema);
    }

    public static Result<SearchFilters> Of(SearchText.Request request)
    {
        if (request.FilterOp is not (Any or All)) return ScreeningRefusals.OutOfRange("filter_op", "OR or AND");
        if (request.Facets.Any(f => LabelOf(f) is null)) return ScreeningRefusals.OutOfRange("facets", "countries, topics, datasets, schema, genders or identifiers");
        var more = new List<(string, string)>();
        foreach (string filter in request.Filters)
        {
            string[] parts = filter.Split(':', 2);
            if (parts.Length < 2 || parts[0].Length == 0) return ScreeningRefusals.OutOfRange("filter", "a field and its value, such as properties.birthDate:1985");
            more.Add((parts[0], parts[1]));
        }
        return new SearchFilters(request, more);
    }

    public bool Fits(EntityView entity) =>
        (_target is null || entity.Target == _target) && Schemata.IsKindOf(entity.Schema, _schema) && _wanted.All(field =>
        {
            var has = ValuesOf(entity, field.Key).ToHashSet(StringComparer.OrdinalIgnoreCase);
            return _all ? field.All(has.Contains) : field.Any(has.Contains);
        });

    /// <summary>How often each value occurs among <paramref name="entities"/>, by field.</summary>
    /// <param name="titleOf">The title of a list by its name.</param>
    public IReadOnlyDictionary<string, SearchFacet> Count(IReadOnlyList<EntityView> entities, Func<string, string> titleOf) => _facets.ToDictionary(
        field => field,
        field => SearchFacet.Of(LabelOf(field)!, entities.SelectMany(e => ValuesOf(e, field).Distinct(StringComparer.Ordinal)), field == "datasets" ? titleOf : value => value),
        StringComparer.Ordinal);

    private static string? LabelOf(string facet) => facet switch
    {
        "countries" => "Countries",
        "topics" => "Topics",
        "datasets" => "Data sources",
        "schema" => "Types",
        "genders" => "Genders",
        "identifiers" => "Identifiers",
        _ => null,
    };

    private static IEnumerable<string> ValuesOf(EntityView entity, string field) => field switch
    {
        "countries" => CountryProperties.SelectMany(entity.Of),
        "identifiers" => IdentifierProperties.SelectMany(entity.Of),
        "genders" => entity.Of("gender"),
        "datasets" => entity.Datasets,
        "schema" => [entity.Schema],
        _ => entity.Of(field.StartsWith(PropertyPrefix, StringComparison.Ordinal) ? field[PropertyPrefix.Length..] : field),
    };
}
