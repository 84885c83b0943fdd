namespace Amana.Vocabulary;

/// <summary>Why personal data is processed. Nothing is read, sent or screened without one.</summary>
public sealed record Purpose
{
    /// <summary>Lower-case words with hyphens, such as <c>border-check</c>; what the header <c>Amana-Purpose</c> carries.</summary>
    public required string Code { get; init; }
    /// <summary>The longest time that what was read under it is kept before a person looks again.</summary>
    public required int ReviewAfterMonths { get; init; }
    /// <summary>The rule that allows it, shown wherever an officer picks a purpose.</summary>
    public required string Source { get; init; }
    /// <summary>What may be read under it, as words of rights: <c>screen</c>, <c>read-records</c>.</summary>
    public required IReadOnlyList<string> Allows { get; init; }
    /// <summary>What officers call it, by language: ar, en, fr, es.</summary>
    public required IReadOnlyDictionary<string, string> Names { get; init; }
    /// <summary>When to pick it, in one sentence, by language.</summary>
    public required IReadOnlyDictionary<string, string> Explanations { get; init; }
    /// <summary>Only where all data is invented.</summary>
    public bool TrainingOnly { get; init; }
}
