using System.Globalization;
using Amana.Matching.Scoring;

namespace Amana.Bench.Fit;

/// <summary>How well a model orders the best answers of questions, and whether its odds come true.</summary>
internal static class Quality
{
    private const int Bins = 10;

    public static string Of(NameModel model, Examples examples)
    {
        var best = new Dictionary<int, (double Top, double Right, bool IsNegative, bool TopIsRight)>();
        for (int i = 0; i < examples.Features.Count; i++)
        {
            double odds = model.LogOdds(examples.Features[i]);
            int question = examples.Questions[i];
            var known = best.TryGetValue(question, out var b) ? b : (double.NegativeInfinity, double.NegativeInfinity, examples.IsNegative[i], false);
            if (odds > known.Item1) (known.Item1, known.Item4) = (odds, examples.IsRight[i]);
            if (examples.IsRight[i]) known.Item2 = Math.Max(known.Item2, odds);
            best[question] = known;
        }
        double[] negatives = [.. best.Values.Where(b => b.IsNegative).Select(b => b.Top).OrderDescending()];
        var positives = best.Values.Where(b => !b.IsNegative).ToArray();
        double Recall(double far) => positives.Count(p => p.Right > negatives[(int)(negatives.Length * far)]) / (double)positives.Length;
        return string.Create(CultureInfo.InvariantCulture,
            $"{positives.Length} positive questions, recall at 1 % false alerts {Recall(0.01):P1}, at 5 % {Recall(0.05):P1}, first {positives.Count(p => p.TopIsRight) / (double)positives.Length:P1}, calibration error {Calibration(best.Values.Select(b => (b.Top, b.TopIsRight))):F4}");
    }

    /// <summary>Expected calibration error of the best answers over ten bins of equal width.</summary>
    private static double Calibration(IEnumerable<(double Odds, bool IsRight)> answers)
    {
        var bins = new (double Sum, double Right, int Count)[Bins];
        int all = 0;
        foreach (var (odds, isRight) in answers)
        {
            double p = 1 / (1 + Math.Exp(-odds));
            ref var bin = ref bins[Math.Min(Bins - 1, (int)(p * Bins))];
            bin = (bin.Sum + p, bin.Right + (isRight ? 1 : 0), bin.Count + 1);
            all++;
        }
        return bins.Sum(b => Math.Abs(b.Sum - b.Right)) / all;
    }
}
