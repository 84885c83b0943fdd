using Amana.Matching;
using Amana.Server.Access;
using Amana.Server.Data;
using Amana.Server.Foundation;
using Amana.Server.Watchlists;
using Answer = Amana.Matching.Hit;

namespace Amana.Server.Screening;

/// <summary>Looks for a piece of text among names and ids, as yente's clients do it for people who type.</summary>
internal sealed class SearchText(AmanaDb db, Gate gate, AskedBook book, ListShelf shelf, ReadEntities entities)
{
    public const int LimitDefault = 10;
    public const int LimitMax = 500;
    public const int OffsetMax = 9_499;

    /// <summary>Answers that filters, facets and sorting look at.</summary>
    private const int Window = 1_000;

    public sealed record Request
    {
        public string? Q { get; init; }
        public required ChoiceRequest Choice { get; init; }
        public string Schema { get; init; } = Schemata.Thing;
        public IReadOnlyList<string> Countries { get; init; } = [];
        /// <summary>Only these lists, within the dataset.</summary>
        public IReadOnlyList<string> Datasets { get; init; } = [];
        public int Limit { get; init; } = LimitDefault;
        public int Offset { get; init; }
        public IReadOnlyList<string> Sort { get; init; } = [];
        public bool Fuzzy { get; init; }
        public bool? Target { get; init; }
        /// <summary>More of what an entity must have, each <c>field:value</c>.</summary>
        public IReadOnlyList<string> Filters { get; init; } = [];
        /// <summary>How values of one field go together.</summary>
        public string FilterOp { get; init; } = SearchFilters.Any;
        /// <summary>What is counted; countries, topics and datasets when empty.</summary>
        public IReadOnlyList<string> Facets { get; init; } = [];
        public string? Purpose { get; init; }
    }

    public async Task<Result<SearchAnswer>> RunAsync(Request request, Caller caller, CancellationToken cancel)
    {
        if (!(await gate.CheckAsync(caller, Right.Screen, request.Purpose, cancel)).Succeeded(out var purpose, out var refused)) return refused;
        if (string.IsNullOrWhiteSpace(request.Q)) return ScreeningRefusals.QMissing;
        if (request.Limit is < 0 or > LimitMax) return ScreeningRefusals.OutOfRange("limit", "between 0 and 500");
        if (request.Offset is < 0 or > OffsetMax) return ScreeningRefusals.OutOfRange("offset", "between 0 and 9499");
        if (!SearchOrder.TryRead(request.Sort, out var order)) return ScreeningRefusals.SortUnknown;
        if (!SearchFilters.Of(request).Succeeded(out var filters, out var unreadable)) return unreadable;
        if (!QuestionReader.Read([("name", request.Q)], request.Schema).Succeeded(out var question, out var unread)) return unread with { Field = unread.Field == "name" ? "q" : unread.Field };
        if (!Choice.Of(shelf, caller, request.Choice).Succeeded(out var choice, out var unknown)) return unknown;

        // Who types a part of a name wants the records that hold it; fuzzy search wants what may be meant as well.
        double from = request.Fuzzy ? BandRules.ShowFrom : ScreenOne.ThresholdDefault;
        var candidates = choice.Set.Ask(question.Question with { Kind = SubjectKind.Any },
            new AskOptions { Limit = Window, MinScore = 0, Admits = choice.Admits(request.Schema, exactly: true) });
        List<Answer> answers = [.. candidates.Where(a => a.Score >= from || NameReading.IsWithin(a))];
        var found = await LoadAsync(question.Name, choice, answers, caller, cancel);
        var fitting = found.Where(filters.Fits).ToList();
        if (order is not null) fitting = order.Sort(fitting);
        var page = fitting.Skip(request.Offset).Take(request.Limit).ToList();

        book.Take(caller, purpose, AskedVia.Search, choice, question, [.. answers.Take(request.Offset + request.Limit)]);
        await db.SaveChangesAsync(cancel); // the question and its journal entry: both or neither
        return new SearchAnswer
        {
            Limit = request.Limit,
            Offset = request.Offset,
            Total = new TotalView(fitting.Count, candidates.Count >= Window ? "gte" : "eq"),
            Results = page,
            Facets = filters.Count(fitting, name => choice.Lists.First(l => l.Name == name).Title),
        };
    }

    // An id, typed as such, comes first.
    private async Task<List<EntityView>> LoadAsync(string text, Choice choice, IReadOnlyList<Answer> answers, Caller caller, CancellationToken cancel)
    {
        var found = new List<EntityView>();
        if (!text.Contains(' ', StringComparison.Ordinal))
        {
            foreach (var list in choice.Lists)
            {
                if (await entities.FindAsync(list, text, cancel) is { } one) found.Add(EntityView.From(one));
            }
        }
        var loaded = await entities.ForHitsAsync(choice.Snapshot, answers, cancel);
        found.AddRange(loaded.Where(e => e is not null).Select(e => EntityView.From(e!)).Where(e => found.All(f => f.Id != e.Id || f.Datasets[0] != e.Datasets[0])));
        return found;
    }
}

/// <summary>By what results are sorted when not by score.</summary>
internal sealed record SearchOrder(string Field, bool Descending)
{
    public static bool TryRead(IReadOnlyList<string> sort, out SearchOrder? order)
    {
        order = null;
        if (sort.Count == 0) return true;
        string[] parts = sort[0].Split(':');
        bool known = parts.Length <= 2 && parts[0] is "_score" or "caption" or "first_seen" or "last_seen" or "last_change"
            && (parts.Length == 1 || parts[1] is "asc" or "desc");
        if (known && parts[0] != "_score") order = new(parts[0], parts.Length == 2 && parts[1] == "desc");
        return known;
    }

    /// <summary>Entities that do not have the field come last, as yente has them.</summary>
    public List<EntityView> Sort(List<EntityView> entities)
    {
        if (Field == "caption")
        {
            return [.. Descending
                ? entities.OrderByDescending(e => e.Caption, StringComparer.InvariantCultureIgnoreCase)
                : entities.OrderBy(e => e.Caption, StringComparer.InvariantCultureIgnoreCase)];
        }
        DateTimeOffset? Of(EntityView e) => Field switch { "first_seen" => e.FirstSeen, "last_seen" => e.LastSeen, _ => e.LastChange };
        var first = entities.OrderBy(e => Of(e) is null);
        return [.. Descending ? first.ThenByDescending(Of) : first.ThenBy(Of)];
    }
}

internal sealed record SearchAnswer
{
    public required int Limit { get; init; }
    public required int Offset { get; init; }
    public required TotalView Total { get; init; }
    public required IReadOnlyList<EntityView> Results { get; init; }
    public required IReadOnlyDictionary<string, SearchFacet> Facets { get; init; }
}

internal sealed record SearchFacet(string Label, IReadOnlyList<SearchFacetValue> Values)
{
    private const int ValuesMax = 100;

    public static SearchFacet Of(string label, IEnumerable<string> values, Func<string, string> labelOf) =>
        new(label, [.. values.GroupBy(v => v, StringComparer.Ordinal).OrderByDescending(g => g.Count()).ThenBy(g => g.Key, StringComparer.Ordinal)
            .Take(ValuesMax).Select(g => new SearchFacetValue(g.Key, labelOf(g.Key), g.Count()))]);
}

internal sealed record SearchFacetValue(string Name, string Label, int Count);
