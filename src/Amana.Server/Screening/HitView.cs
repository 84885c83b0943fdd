using System.Text.Json;
using Amana.Matching;
using Amana.Server.Foundation;

namespace Amana.Server.Screening;

/// <summary>A hit in a list of hits.</summary>
public sealed record HitRow
{
    public required string Reference { get; init; }
    public required DateTimeOffset FoundAt { get; init; }
    public required string Purpose { get; init; }
    public required string Asked { get; init; }
    public required string Caption { get; init; }
    public required string List { get; init; }
    public required string Entity { get; init; }
    public required double Score { get; init; }
    public Band Band => Band.Of(Score);
    public required HitState State { get; init; }
    public Verdict? Verdict { get; init; }
    public DateTimeOffset? DecidedAt { get; init; }
    public string? AssignedTo { get; init; }
    public string? Batch { get; init; }
    public long? BatchLine { get; init; }
    /// <summary>The record came after the question, which was asked again.</summary>
    public bool FoundLater { get; init; }
    public required long Version { get; init; }
}

/// <summary>A hit with everything that a decision needs.</summary>
public sealed record HitView
{
    public required HitRow Row { get; init; }
    /// <summary>The question as it was asked, one line of JSON; null when it has been deleted.</summary>
    public required JsonElement? Question { get; init; }
    /// <summary>The record as it was when the hit was found.</summary>
    public required EntityView Record { get; init; }
    public required string ListVersion { get; init; }
    public required IReadOnlyList<Evidence> Evidence { get; init; }
    /// <summary>Newest first; undone ones are there too.</summary>
    public required IReadOnlyList<DecisionView> Decisions { get; init; }
    /// <summary>Other hits on the same record that were decided, newest first.</summary>
    public required IReadOnlyList<EarlierHit> EarlierOnRecord { get; init; }
    public DateTimeOffset? ReopenedAt { get; init; }
    /// <summary>Until when the officer who decided may undo; null when nobody may.</summary>
    public DateTimeOffset? UndoUntil { get; init; }

    internal static HitView From(Hit hit, string? batch, IReadOnlyList<HitDecision> decisions, IReadOnlyList<EarlierHit> earlier) => new()
    {
        Row = RowOf(hit, batch),
        Question = hit.Content.QuestionBody.Length == 0 ? null : JsonSerializer.Deserialize<JsonElement>(hit.Content.QuestionBody, JsonRules.Options),
        Record = JsonSerializer.Deserialize<EntityView>(hit.Content.Record, JsonRules.Options)!,
        ListVersion = hit.ListVersion,
        Evidence = JsonSerializer.Deserialize<List<Evidence>>(hit.Content.Evidence, JsonRules.Options)!,
        Decisions = [.. decisions.OrderByDescending(d => d.At).Select(d => new DecisionView(d.Verdict, d.Reason, d.Text, d.By, d.At, d.UndoneAt))],
        EarlierOnRecord = earlier,
        ReopenedAt = hit.ReopenedAt,
        UndoUntil = hit.DecidedAt + Hit.UndoFor,
    };

    internal static HitRow RowOf(Hit hit, string? batch) => new()
    {
        Reference = hit.Reference, FoundAt = hit.FoundAt, Purpose = hit.Purpose, Asked = hit.Content.AskedName, Caption = hit.Content.Caption, List = hit.List,
        Entity = hit.EntityId, Score = hit.Score, State = hit.State, Verdict = hit.Verdict, DecidedAt = hit.DecidedAt, AssignedTo = hit.AssignedTo,
        Batch = batch, BatchLine = hit.BatchLine, FoundLater = hit.FoundLater, Version = hit.Version,
    };
}

public sealed record DecisionView(Verdict Verdict, string Reason, string? Text, string By, DateTimeOffset At, DateTimeOffset? UndoneAt);

public sealed record EarlierHit(string Reference, DateTimeOffset At, double Score, Verdict Verdict);
