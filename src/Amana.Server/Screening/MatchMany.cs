using System.Text.Json;
using System.Text.Json.Serialization;
using Amana.Lists.Questions;
using Amana.Matching;
using Amana.Server.Access;
using Amana.Server.Data;
using Amana.Server.Foundation;
using Amana.Server.Watchlists;
using Answer = Amana.Matching.Hit;

namespace Amana.Server.Screening;

/// <summary>Many questions by key in one call, as yente's clients ask them.</summary>
internal sealed class MatchMany(AmanaDb db, Gate gate, AskedBook book, ListShelf shelf, ReadEntities entities)
{
    public const int QueriesMax = 100;

    public sealed record Request
    {
        /// <summary>The body as it came: an object with <c>queries</c>.</summary>
        public required JsonElement Body { get; init; }
        public required ChoiceRequest Choice { get; init; }
        public int Limit { get; init; } = ScreenOne.LimitDefault;
        public double Threshold { get; init; } = ScreenOne.ThresholdDefault;
        public string? Algorithm { get; init; }
        public string? Purpose { get; init; }
    }

    public async Task<Result<MatchAnswer>> RunAsync(Request request, Caller caller, CancellationToken cancel)
    {
        if (!(await gate.CheckAsync(caller, Right.Screen, request.Purpose, cancel)).Succeeded(out var purpose, out var refused)) return refused;
        if (ScreenOne.CheckOptions(request.Limit, request.Threshold) is { } wrong) return wrong;
        if (!Algorithms.IsKnown(request.Algorithm)) return ScreeningRefusals.AlgorithmUnknown;
        if (!Choice.Of(shelf, caller, request.Choice).Succeeded(out var choice, out var unknown)) return unknown;
        if (!ReadQueries(request.Body).Succeeded(out var examples, out var unread)) return unread;

        if (!ReadUnused(request.Body).Succeeded(out var unused, out var malformed)) return malformed;
        var answers = AskAll(examples, choice, request);
        var responses = new Dictionary<string, MatchesOfOne>(StringComparer.Ordinal);
        for (int i = 0; i < examples.Count; i++)
        {
            var (key, example) = examples[i];
            if (example.Refused is { } why)
            {
                responses[key] = MatchesOfOne.Unasked(example, why, unused);
                continue;
            }
            var shown = answers[i].Take(request.Limit).ToList();
            var found = await entities.ForHitsAsync(choice.Snapshot, shown, cancel);
            responses[key] = new MatchesOfOne
            {
                Results = [.. shown.Zip(found).Where(p => p.Second is not null).Select(p => ScoredEntity.From(p.First, p.Second!, request.Threshold))],
                // Nobody counts beyond the limit: a full page may not be all.
                Total = new TotalView(shown.Count, shown.Count > 0 && shown.Count == request.Limit ? "gte" : "eq"),
                Query = example.Echo,
                Warnings = example.Question.Warnings.Count + unused.Count == 0 ? null : [.. example.Question.Warnings, .. unused],
            };
            book.Take(caller, purpose, AskedVia.Match, choice, example.Question, shown);
        }
        await db.SaveChangesAsync(cancel); // all questions of the call and their journal entries: all or none
        return new MatchAnswer { Responses = responses, Limit = request.Limit };
    }

    // Both cores for a large call, in the caller's order.
    private static List<Answer>[] AskAll(List<(string Key, Example Example)> examples, Choice choice, Request request)
    {
        var answers = new List<Answer>[examples.Count];
        var set = choice.Set;
        void Ask(int i)
        {
            var question = examples[i].Example.Question;
            answers[i] = [];
            if (examples[i].Example.Refused is null) answers[i] = [.. set.Ask(question.Question,
                new AskOptions { Limit = Math.Max(1, request.Limit), MinScore = request.Threshold, Admits = choice.Admits(question.Schema) })];
        }
        if (examples.Count < 4) for (int i = 0; i < examples.Count; i++) Ask(i);
        else Parallel.For(0, examples.Count, new ParallelOptions { MaxDegreeOfParallelism = Environment.ProcessorCount }, Ask);
        return answers;
    }

    private static Result<List<(string Key, Example Example)>> ReadQueries(JsonElement body)
    {
        if (body.ValueKind != JsonValueKind.Object) return ScreeningRefusals.BodyUnreadable;
        if (!body.TryGetProperty("queries", out var queries) || queries.ValueKind is JsonValueKind.Null) return ScreeningRefusals.QueriesMissing;
        if (queries.ValueKind != JsonValueKind.Object) return ScreeningRefusals.NotText with { Detail = "queries is an object of examples by key.", Field = "queries" };
        var examples = new List<(string, Example)>();
        var keys = new HashSet<string>(StringComparer.Ordinal);
        foreach (var query in queries.EnumerateObject())
        {
            if (!JsonText.TryName(query, out string key)) return ScreeningRefusals.TextBroken with { Field = "queries" };
            if (query.Value.ValueKind is JsonValueKind.Null || !keys.Add(key)) continue;
            if (examples.Count == QueriesMax) return ScreeningRefusals.TooManyQueries;
            if (!ExampleReader.Read(query.Value, key).Succeeded(out var example, out var refused)) return In(key, refused);
            if (NameReading.Refuse(example.Question) is { } unaskable) example = example with { Refused = In(key, unaskable) };
            examples.Add((key, example));
        }
        if (examples.Count == 0) return ScreeningRefusals.NoQueries;
        // One name that cannot be asked for does not keep the others of the call from their answers.
        return examples.TrueForAll(e => e.Item2.Refused is not null) ? examples[0].Item2.Refused! : examples;
    }

    // Other algorithms are tuned with these; scores of Amana's own would mean something else with every call.
    private static Result<List<QuestionNote>> ReadUnused(JsonElement body)
    {
        var notes = new List<QuestionNote>();
        foreach (string field in (string[])["weights", "config"])
        {
            if (!body.TryGetProperty(field, out var given) || given.ValueKind is JsonValueKind.Null) continue;
            if (given.ValueKind is not JsonValueKind.Object) return ScreeningRefusals.NotText with { Detail = $"{field} is an object of values by name.", Field = field };
            if (given.EnumerateObject().Any()) notes.Add(new QuestionNote(ScreeningRefusals.TuningUnused, $"'{field}' tunes other algorithms; it was not used, and the scores are Amana's own.", field));
        }
        return notes;
    }

    // The field as the client wrote it: queries.KEY.properties.name
    private static Refusal In(string key, Refusal refusal)
    {
        string shown = key.Length <= 60 ? key : key[..60];
        return refusal with { Field = refusal.Field is null ? $"queries.{shown}" : $"queries.{shown}.{refusal.Field}" };
    }
}

/// <summary>What <c>POST /match/{dataset}</c> answers.</summary>
internal sealed record MatchAnswer
{
    public required IReadOnlyDictionary<string, MatchesOfOne> Responses { get; init; }
    public IReadOnlyDictionary<string, FeatureDoc> Matcher { get; } = Algorithms.Features;
    public required int Limit { get; init; }
}

internal sealed record MatchesOfOne
{
    /// <summary>400 when this example was not asked; the warning says why.</summary>
    public int Status { get; init; } = 200;
    public required IReadOnlyList<ScoredEntity> Results { get; init; }
    public required TotalView Total { get; init; }
    public required ExampleEcho Query { get; init; }
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<QuestionNote>? Warnings { get; init; }

    public static MatchesOfOne Unasked(Example example, Refusal why, IReadOnlyList<QuestionNote> unused) => new()
    {
        Status = 400, Results = [], Total = new TotalView(0), Query = example.Echo,
        Warnings = [.. example.Question.Warnings, new QuestionNote(why.Code, why.Detail, why.Field ?? ""), .. unused],
    };
}

internal sealed record TotalView(int Value, string Relation = "eq");

/// <summary>An entity as an answer: yente's fields, the score, and what made it.</summary>
internal sealed record ScoredEntity : EntityView
{
    public required double Score { get; init; }
    public required bool Match { get; init; }
    public required IReadOnlyDictionary<string, double> Features { get; init; }
    public required IReadOnlyDictionary<string, FeatureExplanation> Explanations { get; init; }

    public static ScoredEntity From(Answer answer, FoundEntity found, double threshold)
    {
        var spoken = answer.Evidence.Where(e => e.Score is not null).GroupBy(e => e.Field, StringComparer.Ordinal).Select(g => g.First()).ToList();
        var view = EntityView.From(found);
        return new ScoredEntity
        {
            Id = view.Id, Caption = view.Caption, Schema = view.Schema, Properties = view.Properties, Datasets = view.Datasets, Referents = view.Referents,
            Target = view.Target, FirstSeen = view.FirstSeen, LastSeen = view.LastSeen, LastChange = view.LastChange,
            Score = answer.Score,
            Match = answer.Score >= threshold,
            Features = spoken.ToDictionary(e => e.Field, e => e.Score!.Value, StringComparer.Ordinal),
            Explanations = spoken.ToDictionary(e => e.Field,
                e => new FeatureExplanation(e.Score!.Value, e.Asked, e.Listed, e.Reason, e.Effect, e.Contribution, e.PeopleInMillion, e.Tokens.Count == 0 ? null : e.Tokens), StringComparer.Ordinal),
        };
    }
}

/// <summary>Why a feature has its score. The first four are yente's; effect, contribution, people in a million and tokens are Amana's.</summary>
/// <param name="PeopleInMillion">Of a million people, how many are thought to bear a name that agrees as far as this; of names of persons only.</param>
internal sealed record FeatureExplanation(
    double Score, string? Query, string? Candidate, string Detail, Effect Effect, double Contribution,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] double? PeopleInMillion,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] IReadOnlyList<TokenEvidence>? Tokens);
