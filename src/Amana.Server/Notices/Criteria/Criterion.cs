using System.Text.Json.Serialization;

namespace Amana.Server.Notices;

/// <summary>One condition that a request must meet: one entry of <c>criteria.json</c>.</summary>
internal sealed record Criterion
{
    /// <summary>Such as <c>R4p</c>; the ids of domain.md 1.3 for red, own ones for the rest.</summary>
    public required string Id { get; init; }
    public required IReadOnlyList<NoticeColour> Colours { get; init; }
    /// <summary>Which of the six tests of the review it belongs to: neutrality, refugee, proportionality, judicial, identity, facts.</summary>
    public required string Test { get; init; }
    /// <summary>The rule it comes from, as it is cited.</summary>
    public required string Rule { get; init; }
    /// <summary>Which check answers it: a name in <see cref="CriterionChecks"/>.</summary>
    public required string Check { get; init; }
    /// <summary>By language: ar, en, fr, es.</summary>
    public required IReadOnlyDictionary<string, string> Names { get; init; }
    /// <summary>Submission: the requester is told at once. Approval: only reviewers see the answer; it may rest on what others confided.</summary>
    public Stops Stops { get; init; }
    /// <summary>Only when that field has one of these values.</summary>
    public Condition? When { get; init; }
    /// <summary>Only for this form.</summary>
    public NoticeForm? Form { get; init; }

    // What the checks take.
    public string Field { get; init; } = "";
    public IReadOnlyList<string> Fields { get; init; } = [];
    public string? Value { get; init; }
    public IReadOnlyList<string> Values { get; init; } = [];
    /// <summary>Sets of fields of which one must be complete; <c>a|b</c> is either.</summary>
    public IReadOnlyList<IReadOnlyList<string>> Sets { get; init; } = [];
    public int Least { get; init; }
    /// <summary>The date field at which an age counts.</summary>
    public string At { get; init; } = "";
    /// <summary>Unless this flag is set.</summary>
    public string? Unless { get; init; }
    /// <summary>Or when this flag is set.</summary>
    public string? OrFlag { get; init; }
    /// <summary>When this field says why, a threshold that is not met becomes a question to a person (R5).</summary>
    public string? Waiver { get; init; }
    /// <summary>Kinds of words that lead the reviewer's eye.</summary>
    public IReadOnlyList<string> Hints { get; init; } = [];

    [JsonIgnore] public bool IsAsked => Check == "ask";

    public bool HoldsFor(NoticeContent content, NoticeForm form) =>
        (Form is null || Form == form) && (When is null || When.Values.Contains(content.Text(When.Field) ?? ""));

    internal sealed record Condition(string Field, IReadOnlyList<string> Values);
}

internal enum Stops { Submission, Approval }

/// <summary>Met, not met, or a person must say. A rule never decides what only a person can weigh.</summary>
public enum Outcome { Met, NotMet, NeedsHuman }

/// <summary>The answer to one criterion.</summary>
/// <param name="Reason">Text <c>notices.finding.REASON</c>.</param>
/// <param name="About">What the sentence is filled with: field names for <c>missing</c>, a number, a date, a reference.</param>
internal sealed record Finding(Criterion Criterion, Outcome Outcome, string Reason, IReadOnlyList<string> About)
{
    /// <summary>What a person said of it; null while nobody has.</summary>
    public CriterionAnswer? Answer { get; init; }

    /// <summary>The machine's answer, or the person's where one was asked. A person may always say that it is not met.</summary>
    public Outcome Standing => Answer is { } answer && (Outcome is Outcome.NeedsHuman || !answer.Met) ? answer.Met ? Outcome.Met : Outcome.NotMet : Outcome;
}

/// <summary>What a reviewer said of a criterion, with the reason.</summary>
internal sealed record CriterionAnswer(string Criterion, bool Met, string Text, string By, DateTimeOffset At);
