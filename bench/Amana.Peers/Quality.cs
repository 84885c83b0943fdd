using System.Runtime.InteropServices;
using Amana.Bench;

namespace Amana.Peers;

/// <summary>Shares of questions, 0 to 1: right first, right among ten, and that above the scores that few innocents reach.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct Shares(int Count, double First, double Ten, double Far1, double Far5);

/// <summary>What a system's answers are worth. Definitions: the screening evaluation's README; ties at a threshold count against it.</summary>
internal sealed class Quality
{
    private readonly Dictionary<string, (int? Rank, double Score)> _best;
    private readonly double _at1, _at5;

    public Quality(IReadOnlyList<EvaluationQuery> queries, Dictionary<string, Answer> answers)
    {
        var positives = queries.Where(q => !q.IsNegative).ToArray();
        _best = positives.ToDictionary(q => q.Id, q => BestOf(q, answers));
        double[] innocent = [.. queries.Where(q => q.IsNegative && !q.IsLookalike).Select(q => TopOf(q, answers)).OrderDescending()];
        (_at1, _at5) = (ThresholdOf(innocent, 0.01), ThresholdOf(innocent, 0.05));
        var headline = positives.Where(q => q.IsHeadline).ToArray();
        Headline = SharesOf(headline);
        Real = SharesOf(headline.Where(q => q.Group == "real"));
        Synthetic = SharesOf(headline.Where(q => q.Group == "synthetic"));
        Across = SharesOf(headline.Where(q => q.IsAcross));
        SameScript = SharesOf(headline.Where(q => q.Group == "real" && !q.IsAcross));
        Kinds = positives.GroupBy(q => q.Kind).OrderBy(g => g.Key, StringComparer.Ordinal).ToDictionary(g => g.Key, g => SharesOf(g));
        double[] times = [.. queries.Where(q => answers.ContainsKey(q.Id)).Select(q => answers[q.Id].Microseconds).Order()];
        if (times.Length > 0) (P50, P99) = (times[times.Length / 2], times[Math.Min(times.Length - 1, (int)(times.Length * 0.99))]);
    }

    public Shares Headline { get; }
    public Shares Real { get; }
    public Shares Synthetic { get; }
    public Shares Across { get; }
    public Shares SameScript { get; }
    public IReadOnlyDictionary<string, Shares> Kinds { get; }
    /// <summary>Microseconds.</summary>
    public double P50 { get; }
    public double P99 { get; }

    private static (int? Rank, double Score) BestOf(EvaluationQuery query, Dictionary<string, Answer> answers)
    {
        if (answers.TryGetValue(query.Id, out var answer))
            foreach (var (rank, hit) in answer.Hits.Take(10).Index())
                if (query.Expected.Contains(hit.Id)) return (rank, hit.Score);
        return (null, double.NegativeInfinity);
    }

    private static double TopOf(EvaluationQuery query, Dictionary<string, Answer> answers) =>
        answers.TryGetValue(query.Id, out var answer) && answer.Hits.Count > 0 ? answer.Hits.Take(10).Max(h => h.Score) : double.NegativeInfinity;

    private static double ThresholdOf(double[] descending, double share) =>
        (int)(descending.Length * share) is var at && at < descending.Length ? descending[at] : double.NegativeInfinity;

    private Shares SharesOf(IEnumerable<EvaluationQuery> queries)
    {
        var best = queries.Select(q => _best[q.Id]).ToArray();
        double Share(Func<(int? Rank, double Score), bool> counts) => (double)best.Count(counts) / Math.Max(1, best.Length);
        return new Shares(best.Length, Share(b => b.Rank == 0), Share(b => b.Rank is not null), Share(b => b.Score > _at1), Share(b => b.Score > _at5));
    }
}
