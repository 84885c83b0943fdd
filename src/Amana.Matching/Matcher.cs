namespace Amana.Matching;

/// <summary>Compares one question with one subject, without a list.</summary>
public static class Matcher
{
    /// <summary>The score and its evidence, whatever the score is.</summary>
    /// <remarks>No list is needed: how rare a name is comes from the reference tables alone.</remarks>
    public static Comparison Compare(Question question, Subject subject)
    {
        ArgumentNullException.ThrowIfNull(question);
        ArgumentNullException.ThrowIfNull(subject);
        if (question.Kind is not SubjectKind.Any && subject.Kind is not SubjectKind.Any && question.Kind != subject.Kind)
            return new Comparison(0, []);
        using var index = MatchIndex.Build([subject]);
        var hit = index.Ask(question, new AskOptions { Limit = 1, MinScore = 0 });
        return hit.Count == 0 ? new Comparison(0, []) : new Comparison(hit[0].Score, hit[0].Evidence);
    }
}

/// <summary>What came of comparing a question with a subject.</summary>
/// <param name="Score">0 to 1.</param>
public sealed record Comparison(double Score, IReadOnlyList<Evidence> Evidence);
