using System.Collections.Frozen;
using System.Globalization;
using Amana.Matching;
using Amana.Server.Access;
using Amana.Server.Foundation;
using Amana.Server.Watchlists;

namespace Amana.Server.Screening;

/// <summary>Which lists are asked and which of their records may answer, as a call says it.</summary>
internal sealed record ChoiceRequest
{
    /// <summary>All that the caller may see.</summary>
    public const string Everything = "default";
    public const int ExcludedIdsMax = 50;

    public string Dataset { get; init; } = Everything;
    public IReadOnlyList<string> IncludeDatasets { get; init; } = [];
    public IReadOnlyList<string> ExcludeDatasets { get; init; } = [];
    public IReadOnlyList<string> ExcludeSchemata { get; init; } = [];
    public IReadOnlyList<string> Topics { get; init; } = [];
    public string? ChangedSince { get; init; }
    public IReadOnlyList<string> ExcludeIds { get; init; } = [];
}

/// <summary>The lists that a question goes to, taken once for the whole question, and what keeps a record from answering.</summary>
internal sealed class Choice
{
    private readonly FrozenSet<string> _excludedSchemata;
    private readonly FrozenSet<string> _topics;
    private readonly FrozenSet<string> _excludedIds;
    private readonly DateTimeOffset? _changedSince;
    private readonly Dictionary<LoadedList, IReadOnlySet<string>> _hidden;

    private Choice(ListShelf shelf, Caller caller, ListSnapshot snapshot, IReadOnlyList<LoadedList> lists, ChoiceRequest request, DateTimeOffset? changedSince)
    {
        _hidden = lists.Select(l => (List: l, Ids: shelf.Audiences.HiddenFrom(caller.Bureau.Value, l))).Where(h => h.Ids.Count > 0).ToDictionary(h => h.List, h => h.Ids);
        (Snapshot, Lists) = (snapshot, lists);
        _excludedSchemata = request.ExcludeSchemata.ToFrozenSet(StringComparer.Ordinal);
        _topics = request.Topics.ToFrozenSet(StringComparer.Ordinal);
        _excludedIds = request.ExcludeIds.ToFrozenSet(StringComparer.Ordinal);
        _changedSince = changedSince;
        Versions = lists.ToDictionary(l => l.Name, l => l.Version, StringComparer.Ordinal);
    }

    public ListSnapshot Snapshot { get; }
    public IReadOnlyList<LoadedList> Lists { get; }
    /// <summary>List name to version, for the journal and for the answer.</summary>
    public IReadOnlyDictionary<string, string> Versions { get; }
    public MatchSet Set => Snapshot.SetOf(Lists);

    public static Result<Choice> Of(ListShelf shelf, Caller caller, ChoiceRequest request)
    {
        if (!shelf.IsReady) return ScreeningRefusals.NotReady;
        if (request.ExcludeIds.Count > ChoiceRequest.ExcludedIdsMax) return ScreeningRefusals.TooManyExcluded;
        if (request.ExcludeSchemata.FirstOrDefault(s => !Schemata.IsKnown(s)) is not null) return ScreeningRefusals.SchemaUnknown with { Field = "exclude_schema" };
        if (!TryReadInstant(request.ChangedSince, out var since)) return ScreeningRefusals.OutOfRange("changed_since", "a date such as 2026-11-01, with or without a time");

        var snapshot = shelf.Current;
        var lists = snapshot.VisibleTo(caller);
        if (request.Dataset != ChoiceRequest.Everything)
        {
            if (snapshot.Find(request.Dataset, caller) is not { } one) return ScreeningRefusals.DatasetUnknown;
            lists = [one];
        }
        if (request.IncludeDatasets.Count > 0 && !request.IncludeDatasets.Contains(ChoiceRequest.Everything))
        {
            if (request.IncludeDatasets.Any(d => snapshot.Find(d, caller) is null)) return ScreeningRefusals.DatasetUnknown with { Field = "include_dataset" };
            lists = [.. lists.Where(l => request.IncludeDatasets.Contains(l.Name))];
        }
        if (request.ExcludeDatasets.Count > 0) lists = [.. lists.Where(l => !request.ExcludeDatasets.Contains(l.Name))];
        return new Choice(shelf, caller, snapshot, lists, request, since);
    }

    /// <summary>What the engine asks of each candidate; null when everything may answer.</summary>
    /// <param name="schema">What the question is about.</param>
    /// <param name="exactly">Only the schema and its kinds, as <c>/search</c> wants it.</param>
    public Func<MatchIndex, int, bool>? Admits(string schema, bool exactly = false)
    {
        bool anySchema = schema == Schemata.Thing && _excludedSchemata.Count == 0;
        if (anySchema && _topics.Count == 0 && _excludedIds.Count == 0 && _changedSince is null && _hidden.Count == 0) return null;
        return (index, place) =>
        {
            var list = Snapshot.ListOf(index);
            if (!IsThere(list, index.IdOf, place)) return false;
            string listed = list.Places.SchemaOf(place);
            if (exactly ? !Schemata.IsKindOf(listed, schema) : !Schemata.MayAnswer(schema, listed)) return false;
            if (_excludedSchemata.Contains(listed)) return false;
            if (_topics.Count > 0 && !list.Places.TopicsOf(place).Any(_topics.Contains)) return false;
            if (_changedSince is { } since && !(list.Places.LastChangeOf(place) >= since)) return false;
            return _excludedIds.Count == 0 || !IsExcluded(list, index, place);
        };
    }

    /// <summary>Whether the record is for the bureau that asks.</summary>
    public bool IsThere(MatchIndex index, int place) => IsThere(Snapshot.ListOf(index), index.IdOf, place);

    private bool IsThere(LoadedList list, Func<int, string> idOf, int place) => _hidden.Count == 0 || !_hidden.TryGetValue(list, out var hidden) || !hidden.Contains(idOf(place));

    private bool IsExcluded(LoadedList list, MatchIndex index, int place) =>
        _excludedIds.Contains(index.IdOf(place)) || list.Places.ReferentsOf(place).Any(_excludedIds.Contains);

    private static bool TryReadInstant(string? text, out DateTimeOffset? instant)
    {
        instant = null;
        if (string.IsNullOrWhiteSpace(text)) return true;
        bool read = DateTimeOffset.TryParseExact(text.Trim(),
            ["yyyy-MM-dd", "yyyy-MM-ddTHH", "yyyy-MM-ddTHH:mm", "yyyy-MM-ddTHH:mm:ss", "yyyy-MM-ddTHH:mm:ssK", "yyyy-MM-ddTHH:mmK", "yyyy-MM-ddTHH:mm:ss.FFFFFFFK", "yyyy-MM"],
            CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var value);
        if (read) instant = value;
        return read;
    }
}
