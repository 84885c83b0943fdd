using Amana.Matching;
using Amana.Matching.Asking;
using Amana.Matching.Scoring;

namespace Amana.Bench.Fit;

/// <summary>Pairs of names without a list: each question beside the name that it asks for, beside the wrong answers nearest to it, and
/// beside its own answer once one of its tokens is another's.</summary>
internal sealed class PairExamples(MatchIndex index, string corpus)
{
    private const int WrongAnswers = 3, ReplacementsSeen = 60;
    private const float WrongWeight = 0.5f;

    private readonly Dictionary<string, Subject> _subjects = CorpusFile.Subjects([corpus]).ToDictionary(s => s.Id, StringComparer.Ordinal);
    private readonly Random _random = new(1);

    public Examples Of(string queries, bool small)
    {
        var asked = EvaluationQuery.Read(queries, small).Where(q => q.IsInstructive).ToList();
        var tokens = asked.SelectMany(q => q.Name.Split(' ')).Where(t => t.Length > 1).ToArray();
        var examples = new Examples();
        for (int number = 0; number < asked.Count; number++)
        {
            var (text, right) = (asked[number].Name, asked[number].Expected);
            var answers = index.Ask(new Question { Names = [text], Kind = asked[number].Schema }, new AskOptions { Limit = WrongAnswers, MinScore = 0, Explain = false });
            foreach (var hit in answers)
                if (!right.Contains(hit.SubjectId)) Add(examples, number, text, _subjects[hit.SubjectId], isRight: false);
            if (right.Count == 0) continue;
            var subject = _subjects[right.First()];
            Add(examples, number, text, subject, isRight: true);
            if (WithAnothersToken(text, tokens) is { } other) Add(examples, number, other, subject, isRight: false);
        }
        return examples;
    }

    /// <summary>Measures the asked name and the nearest name of the subject.</summary>
    private static void Add(Examples examples, int number, string text, Subject subject, bool isRight)
    {
        var search = new Search { Measured = [] };
        (NameFeatures Features, double Score)? best = null;
        foreach (var name in subject.Names)
        {
            using var one = MatchIndex.Build([new Subject { Id = "1", Kind = subject.Kind, Names = [name] }]);
            search.Measured.Clear();
            search.Run(new Question { Names = [text], Kind = subject.Kind }, new AskOptions { Limit = 1, MinScore = 0, Explain = false }, [one]);
            foreach (var (_, features, score) in search.Measured)
                if (best is null || score > best.Value.Score) best = (features, score);
        }
        if (best is null || (best.Value.Features.IsSame && !isRight)) return; // the same name of two people is no example
        examples.Features.Add(best.Value.Features);
        examples.IsRight.Add(isRight);
        examples.Questions.Add(number);
        examples.IsNegative.Add(!isRight);
        examples.Weights.Add(isRight ? 1 : WrongWeight);
    }

    /// <summary>The name with one token replaced, half the times by one that looks alike; null for a name of one token.</summary>
    private string? WithAnothersToken(string text, string[] tokens)
    {
        string[] parts = text.Split(' ');
        int at = _random.Next(parts.Length);
        if (parts.Length < 2 || parts[at].Length < 2) return null;
        bool looksAlike = _random.Next(2) == 0;
        for (int seen = 0; seen < ReplacementsSeen; seen++)
        {
            string other = tokens[_random.Next(tokens.Length)];
            if (string.Equals(other, parts[at], StringComparison.OrdinalIgnoreCase) || Math.Abs(other[0] - parts[at][0]) > 100) continue;
            if (looksAlike && seen < ReplacementsSeen - 1 && (char.ToLowerInvariant(other[0]) != char.ToLowerInvariant(parts[at][0]) || Math.Abs(other.Length - parts[at].Length) > 2)) continue;
            parts[at] = other;
            return string.Join(' ', parts);
        }
        return null;
    }
}
