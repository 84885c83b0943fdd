using Amana.Matching;
using Amana.Matching.Asking;
using Amana.Matching.Scoring;

namespace Amana.Bench.Fit;

/// <summary>What the engine measured of the answers to labelled questions.</summary>
internal sealed class Examples
{
    /// <summary>Answers of one question that are learned from, best first.</summary>
    private const int Each = 10;

    public List<NameFeatures> Features { get; } = [];
    public List<bool> IsRight { get; } = [];
    public List<float> Weights { get; } = [];
    /// <summary>The question each example came from, numbered over all files.</summary>
    public List<int> Questions { get; } = [];
    public List<bool> IsNegative { get; } = [];

    /// <param name="small">Which part of the questions to ask.</param>
    public void Add(MatchIndex index, string queries, bool small)
    {
        var search = new Search { Measured = [] };
        var ask = new AskOptions { Limit = Each, MinScore = 0, Explain = false };
        var listed = Enumerable.Range(0, index.Count).Select(index.IdOf).ToHashSet(StringComparer.Ordinal);
        int number = Questions.Count == 0 ? 0 : Questions[^1] + 1;
        foreach (var query in EvaluationQuery.Read(queries, small).Where(q => q.IsInstructive))
        {
            var right = query.Expected.Where(listed.Contains).ToHashSet(StringComparer.Ordinal);
            search.Measured.Clear();
            search.Run(new Question { Names = [query.Name], Kind = query.Schema }, ask, [index]);
            var best = search.Measured.OrderByDescending(m => m.Score).ToArray();
            for (int i = 0; i < best.Length; i++)
            {
                bool isRight = right.Contains(index.IdOf(best[i].Place));
                if (i >= Each && !isRight) continue;
                Features.Add(best[i].Features);
                IsRight.Add(isRight);
                Questions.Add(number);
                IsNegative.Add(right.Count == 0);
                Weights.Add(i == 0 || isRight ? 1 : 0.3f);
            }
            number++;
        }
    }
}
