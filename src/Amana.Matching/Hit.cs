namespace Amana.Matching;

/// <summary>One possible answer, with its reasons. A match is a lead, not an identification.</summary>
public sealed record Hit
{
    /// <summary>The index that holds the subject, and its place there: 0 to <see cref="MatchIndex.Count"/> - 1.</summary>
    public required MatchIndex Index { get; init; }
    public required int Place { get; init; }
    public required string SubjectId { get; init; }
    public required string Caption { get; init; }
    /// <summary>0 to 1.</summary>
    public required double Score { get; init; }
    /// <summary>Name first, then every other field that either side gave. Empty when not asked for.</summary>
    public IReadOnlyList<Evidence> Evidence { get; init; } = [];
}

/// <summary>What one field says about whether question and subject are the same.</summary>
public sealed record Evidence
{
    /// <summary><c>name</c>, <c>birthDate</c>, <c>country</c>, <c>sex</c> or <c>idNumber</c>.</summary>
    public required string Field { get; init; }
    public required Effect Effect { get; init; }
    /// <summary>0 to 1: how well the two sides agree; null when silent.</summary>
    public double? Score { get; init; }
    /// <summary>What the final score gained or lost by this field, in score points (-1 to 1).</summary>
    public double Contribution { get; init; }
    public string? Asked { get; init; }
    public string? Listed { get; init; }
    /// <summary>Of a million people, how many are thought to bear a name that agrees as far as this: what the name is worth as a lead.
    /// Rough, see src/Amana.Matching/README.md, and often far below one. For names of persons only.</summary>
    public double? PeopleInMillion { get; init; }
    /// <summary>Why, as a stable code that pages translate, such as <c>date.year-differs</c>.</summary>
    public required string Reason { get; init; }
    /// <summary>The ladder: one rung a token, in the order of the question; rungs that only the record has come last.
    /// Filled for names only.</summary>
    public IReadOnlyList<TokenEvidence> Tokens { get; init; } = [];
}

public enum Effect : byte { Silent, Supports, SupportsALittle, SpeaksAgainst }

/// <summary>One rung of the ladder: a token of the question beside a token of the record.</summary>
public sealed record TokenEvidence
{
    /// <summary>As written in the question; null when only the record has it.</summary>
    public string? Asked { get; init; }
    /// <summary>As written in the record; null when only the question has it.</summary>
    public string? Listed { get; init; }
    /// <summary>Both in Latin letters, as compared; null where the token already is.</summary>
    public string? AskedRomanised { get; init; }
    public string? ListedRomanised { get; init; }
    /// <summary>How this pair came about, a stable code: <c>same</c>, <c>spelling</c>, <c>romanisation</c>,
    /// <c>initial</c>, <c>nickname</c>, <c>joined</c>, <c>particle</c>, <c>title</c>, <c>company-form</c>,
    /// <c>only-asked</c>, <c>only-listed</c>.</summary>
    public required string Relation { get; init; }
    /// <summary>0 to 1: how alike the two are.</summary>
    public required double Similarity { get; init; }
    /// <summary>0 to 1: the share of the name's weight that rests on this token; rare tokens weigh more,
    /// particles and titles 0.</summary>
    public required double Weight { get; init; }
}
