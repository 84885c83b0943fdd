using Amana.Lists.Questions;
using Amana.Matching;
using Amana.Server.Access;
using Amana.Server.Data;
using Amana.Server.Foundation;
using Amana.Server.Watchlists;
using Answer = Amana.Matching.Hit;

namespace Amana.Server.Screening;

/// <summary>Asks one question and answers with reasons, records and what was settled before.</summary>
internal sealed class ScreenOne(AmanaDb db, Gate gate, AskedBook book, HitBook hits, ListShelf shelf, ReadEntities entities)
{
    public const int LimitMax = 500;
    public const int LimitDefault = 5;
    public const double ThresholdDefault = 0.7;

    public sealed record Request
    {
        public required ReadQuestion Question { get; init; }
        public ChoiceRequest Choice { get; init; } = new();
        public int Limit { get; init; } = LimitDefault;
        public double Threshold { get; init; } = ThresholdDefault;
        /// <summary>Makes a hit of every answer.</summary>
        public bool Keep { get; init; }
        /// <summary>Also answers below the threshold that hold every part of the name asked: for people who type a part of one.</summary>
        public bool PartsToo { get; init; }
        public string? Purpose { get; init; }
        public AskedVia Via { get; init; } = AskedVia.Screening;
    }

    public async Task<Result<ScreeningAnswer>> RunAsync(Request request, Caller caller, CancellationToken cancel)
    {
        if (!(await gate.CheckAsync(caller, Right.Screen, request.Purpose, cancel)).Succeeded(out var purpose, out var refused)) return refused;
        if (CheckOptions(request.Limit, request.Threshold) is { } wrong) return wrong;
        if (!Choice.Of(shelf, caller, request.Choice).Succeeded(out var choice, out var unknown)) return unknown;
        if (NameReading.Refuse(request.Question) is { } unaskable) return unaskable;

        var watch = System.Diagnostics.Stopwatch.StartNew();
        var answers = choice.Set.Ask(request.Question.Question,
            new AskOptions { Limit = request.Limit, MinScore = request.Threshold, Admits = choice.Admits(request.Question.Schema) });
        if (request.PartsToo && answers.Count < request.Limit) answers = [.. answers, .. Parts(request, choice, answers)];
        double seconds = watch.Elapsed.TotalSeconds;
        var found = await entities.ForHitsAsync(choice.Snapshot, answers, cancel);
        var whole = answers.Zip(found).Where(p => p.Second is not null).Select(p => new FoundAnswer(p.First, p.Second!)).ToList();

        await using var transaction = await db.Database.BeginTransactionAsync(cancel);
        var same = request.Via is AskedVia.Page ? await book.FindSameAsync(caller, purpose, choice, request.Question, cancel) : null;
        var asked = same ?? book.Take(caller, purpose, request.Via, choice, request.Question, answers);
        var settled = await hits.SettledAsync(asked.Bureau, asked.Fingerprint, caller, cancel);
        var restricted = await hits.RestrictedAsync(whole, caller, cancel);
        IReadOnlyDictionary<(string, string), Hit>? kept = null;
        if (request.Keep) kept = (await hits.KeepAsync(asked, [AskedFor.Of(request.Question, book.Prints, whole)], batch: null, caller, cancel))[0];
        await db.SaveChangesAsync(cancel); // the question, its hits and its journal entry: all or none
        await transaction.CommitAsync(cancel);

        return new ScreeningAnswer
        {
            Id = request.Question.Id,
            Question = asked.Id,
            AskedAt = asked.At,
            Purpose = asked.Purpose,
            Seconds = Math.Round(seconds, 6),
            Hits = [.. whole.Select(a => AnswerView.From(a, settled, restricted, kept))],
            Lists = [.. choice.Lists.Select(l => new AskedList(l.Name, l.Title, l.Version, l.EntityCount))],
            Warnings = request.Question.Warnings,
        };
    }

    private static IEnumerable<Answer> Parts(Request request, Choice choice, IReadOnlyList<Answer> found) =>
        choice.Set.Ask(request.Question.Question, new AskOptions { Limit = LimitMax, MinScore = 0, Admits = choice.Admits(request.Question.Schema) })
            .Where(a => NameReading.IsWithin(a) && !found.Any(f => f.Index == a.Index && f.Place == a.Place)).Take(request.Limit - found.Count);

    public static Refusal? CheckOptions(int limit, double threshold)
    {
        if (limit is < 0 or > LimitMax) return ScreeningRefusals.OutOfRange("limit", "between 0 and 500");
        return threshold is >= 0 and <= 1 ? null : ScreeningRefusals.OutOfRange("threshold", "between 0 and 1");
    }
}

/// <summary>The answer to one question.</summary>
internal sealed record ScreeningAnswer
{
    /// <summary>The asker's own.</summary>
    public string? Id { get; init; }
    /// <summary>The key under which the journal knows this question.</summary>
    public required Id<AskedQuestion> Question { get; init; }
    public required DateTimeOffset AskedAt { get; init; }
    public required string Purpose { get; init; }
    /// <summary>Time in the engine.</summary>
    public required double Seconds { get; init; }
    public required IReadOnlyList<AnswerView> Hits { get; init; }
    public required IReadOnlyList<AskedList> Lists { get; init; }
    public required IReadOnlyList<QuestionNote> Warnings { get; init; }
}

internal sealed record AskedList(string Name, string Title, string Version, int Entities);

/// <summary>One possible answer with its reasons. A match is a lead, not an identification.</summary>
public sealed record AnswerView
{
    /// <summary>The record's own id.</summary>
    public required string Entity { get; init; }
    public required string Caption { get; init; }
    public required string List { get; init; }
    public required double Score { get; init; }
    public required Band Band { get; init; }
    public required IReadOnlyList<Evidence> Evidence { get; init; }
    public required EntityView Record { get; init; }
    /// <summary>Reference of the hit, when one was made or is open.</summary>
    public string? Hit { get; init; }
    /// <summary>There is a hit on this record that is for others: the unit or person to ask about it.</summary>
    public string? RestrictedAsk { get; init; }
    /// <summary>What an officer said of this question and this record before.</summary>
    public SettledView? Settled { get; init; }

    internal static AnswerView From(
        FoundAnswer answer, IReadOnlyDictionary<(string, string), SettledPair> settled, IReadOnlyDictionary<(string, string), string> restricted,
        IReadOnlyDictionary<(string, string), Hit>? kept)
    {
        var key = (answer.Found.List.Name, answer.Answer.SubjectId);
        return new AnswerView
        {
            Entity = answer.Answer.SubjectId,
            Caption = answer.Found.Entity.Caption,
            List = answer.Found.List.Name,
            Score = answer.Answer.Score,
            Band = Band.Of(answer.Answer.Score),
            Evidence = answer.Answer.Evidence,
            Record = EntityView.From(answer.Found),
            Hit = kept?.GetValueOrDefault(key)?.Reference,
            RestrictedAsk = restricted.GetValueOrDefault(key),
            Settled = settled.GetValueOrDefault(key) is { } pair
                ? new SettledView(Verdict.NotTheSame, pair.HitReference, pair.At, !pair.HoldsFor(answer.RecordFingerprint))
                : null,
        };
    }
}

/// <param name="RecordChanged">The record is no longer the one that was decided on: look again.</param>
public sealed record SettledView(Verdict Verdict, string Hit, DateTimeOffset At, bool RecordChanged);
