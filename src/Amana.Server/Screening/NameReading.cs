using Amana.Matching;
using Amana.Server.Foundation;
using Answer = Amana.Matching.Hit;

namespace Amana.Server.Screening;

/// <summary>How the engine reads a name: its tokens and what each counts for, found by holding the name against itself.</summary>
/// <param name="Tokens">In the order of the name.</param>
/// <param name="HasSubstance">False when only particles, titles and company forms are left.</param>
internal sealed record NameReading(string Name, IReadOnlyList<TokenEvidence> Tokens, bool HasSubstance)
{
    /// <summary>From this similarity on, a part is found.</summary>
    private const double SameFrom = 0.85;

    public static NameReading Of(string name, SubjectKind kind)
    {
        using var index = MatchIndex.Build([new Subject { Id = "name", Kind = kind, Names = [new SubjectName(name)] }]);
        var answers = index.Ask(new Question { Names = [name], Kind = kind }, new AskOptions { Limit = 1, MinScore = 0 });
        IReadOnlyList<TokenEvidence> tokens = answers.Count == 0 ? [] : TokensOf(answers[0]);
        return new NameReading(name, tokens, NameSubstance.IsIn(name));
    }

    /// <summary>Whether an answer holds every part that was asked, though it has more: a given name alone, say.</summary>
    public static bool IsWithin(Answer answer)
    {
        var asked = TokensOf(answer).Where(t => t.Asked is not null && t.Weight > 0).ToList();
        return asked.Count > 0 && asked.TrueForAll(t => t.Listed is not null && t.Similarity >= SameFrom);
    }

    /// <summary>Why a question cannot be asked; null when one of its names can be compared, or it asks by a document number alone.</summary>
    public static Refusal? Refuse(ReadQuestion question)
    {
        if (!question.HasName) return null;
        if (!question.Question.Names.Any(AskedText.HasLetter)) return ScreeningRefusals.NameMissing;
        return question.Question.Names.Any(NameSubstance.IsIn) ? null : ScreeningRefusals.NameOnlyParticles;
    }

    private static IReadOnlyList<TokenEvidence> TokensOf(Answer answer) =>
        answer.Evidence.FirstOrDefault(e => e.Field == "name")?.Tokens ?? [];
}
