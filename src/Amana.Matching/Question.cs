namespace Amana.Matching;

/// <summary>What an officer or a machine asks: who may this be?</summary>
public sealed record Question
{
    /// <summary>One to <see cref="NamesMax"/> names of the same person, in any script.</summary>
    public required IReadOnlyList<string> Names { get; init; }
    public SubjectKind Kind { get; init; } = SubjectKind.Any;
    public IReadOnlyList<PartialDate> BirthDates { get; init; } = [];
    /// <summary>ISO 3166-1 alpha-2, lower case.</summary>
    public IReadOnlyList<string> Countries { get; init; } = [];
    public Sex Sex { get; init; }
    /// <summary>Numbers of documents and registers, as written. How they agree: <see cref="Fields.NumberAgreement"/>.</summary>
    public IReadOnlyList<string> IdNumbers { get; init; } = [];

    /// <summary>More names than this in one question are refused by the callers that read outside text.</summary>
    public const int NamesMax = 50;
    /// <summary>A longer name is no name; callers refuse it. Chars.</summary>
    public const int NameCharsMax = 1_000;
}

/// <summary>How many answers, from which score on, and which subjects may answer.</summary>
public sealed record AskOptions
{
    public int Limit { get; init; } = 5;
    /// <summary>0 to 1; answers below are left out. Why 0.7: docs/decisions/0003-scores.md.</summary>
    public double MinScore { get; init; } = 0.7;
    /// <summary>Whether answers carry evidence. Off is faster, for callers that only need scores.</summary>
    public bool Explain { get; init; } = true;
    /// <summary>Asked with the index and the subject's place in it; false leaves the subject out, as if absent.</summary>
    public Func<MatchIndex, int, bool>? Admits { get; init; }
}
