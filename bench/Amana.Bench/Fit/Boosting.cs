using Amana.Matching.Scoring;

namespace Amana.Bench.Fit;

/// <summary>Fits a <see cref="NameModel"/> by gradient boosting of the logistic loss, with features that may only push one way.</summary>
/// <remarks>Friedman 2001; second-order leaves and bounds for monotone splits as in XGBoost (Chen and Guestrin 2016).</remarks>
internal sealed class Boosting(int trees, double rate, double leafMin = 40, double shrink = 20)
{
    private const int Bins = 64;

    /// <summary>1 where more of the feature may only raise the score, -1 where it may only lower it.</summary>
    private static int DirectionOf(Feature feature) => feature switch
    {
        Feature.Surprise or Feature.Matched or Feature.Strongest or Feature.Weakest or Feature.AskedShare or Feature.ListedShare or Feature.Exact or Feature.InOrder or Feature.Oddest => 1,
        Feature.Cost or Feature.WorstCost or Feature.AskedLeft or Feature.ListedLeft or Feature.Clash or Feature.AskedLeftTokens or Feature.ListedLeftTokens => -1,
        _ => 0,
    };

    /// <summary>Evidence counts by what it is against the size of the list, not by itself: the score must hold for any list.</summary>
    private static bool IsUsed(Feature feature) => feature is not Feature.Matched;

    private const int FeatureCount = (int)Feature.Count;
    private float[][] _edges = [];
    private byte[] _bins = [];
    private double[] _gradients = [], _curvatures = [];

    public NameModel Fit(Examples examples, Action<int, double> report)
    {
        int n = examples.Features.Count;
        _edges = [.. Enumerable.Range(0, FeatureCount).Select(f => Edges(examples, f))];
        _bins = new byte[n * FeatureCount];
        for (int i = 0; i < n; i++)
            for (int f = 0; f < FeatureCount; f++) _bins[(i * FeatureCount) + f] = BinOf(_edges[f], examples.Features[i][f]);
        double right = 0, all = 0;
        for (int i = 0; i < n; i++) (right, all) = (right + (examples.IsRight[i] ? examples.Weights[i] : 0), all + examples.Weights[i]);
        double start = Math.Log(right / (all - right));
        double[] odds = new double[n];
        Array.Fill(odds, start);
        (_gradients, _curvatures) = (new double[n], new double[n]);
        var found = new List<NameModel.Tree>();
        for (int t = 0; t < trees; t++)
        {
            double loss = 0;
            for (int i = 0; i < n; i++)
            {
                double p = 1 / (1 + Math.Exp(-odds[i]));
                _gradients[i] = examples.Weights[i] * ((examples.IsRight[i] ? 1 : 0) - p);
                _curvatures[i] = examples.Weights[i] * p * (1 - p);
                loss -= examples.Weights[i] * Math.Log(examples.IsRight[i] ? p : 1 - p);
            }
            report(t, loss / all);
            found.Add(Grow(n, odds));
        }
        return new NameModel(found, start);
    }

    private static float[] Edges(Examples examples, int feature)
    {
        float[] sorted = [.. examples.Features.Select(f => f[feature]).Order()];
        var edges = new List<float>();
        for (int b = 1; b < Bins; b++)
        {
            float at = sorted[(int)((long)sorted.Length * b / Bins)];
            if (edges.Count == 0 || at > edges[^1]) edges.Add(at);
        }
        if (edges.Count > 0 && edges[^1] >= sorted[^1]) edges.RemoveAt(edges.Count - 1);
        // Half-way to the next value that occurs, so that a threshold does not hang on the last digit.
        return [.. edges.Select(e => MathF.Round((e + sorted[Math.Min(sorted.Length - 1, UpperBound(sorted, e))]) / 2, 4))];
    }

    private static int UpperBound(float[] sorted, float value)
    {
        int low = 0, high = sorted.Length;
        while (low < high)
        {
            int middle = (low + high) / 2;
            if (sorted[middle] <= value) low = middle + 1;
            else high = middle;
        }
        return low;
    }

    private static byte BinOf(float[] edges, float value)
    {
        int bin = 0;
        while (bin < edges.Length && value > edges[bin]) bin++;
        return (byte)bin;
    }

    private sealed class Node
    {
        public List<int> Rows = [];
        public double Low = double.NegativeInfinity, High = double.PositiveInfinity;
        public double Gradient, Curvature;
    }

    private double ValueOf(Node node) => Math.Clamp(node.Gradient / (node.Curvature + shrink), node.Low, node.High);

    private NameModel.Tree Grow(int n, double[] odds)
    {
        var features = new byte[NameModel.Splits];
        var thresholds = new float[NameModel.Splits];
        var values = new float[NameModel.Leaves];
        var nodes = new Node[NameModel.Splits + NameModel.Leaves];
        nodes[0] = Sum(new Node { Rows = [.. Enumerable.Range(0, n)] });
        for (int at = 0; at < NameModel.Splits; at++)
        {
            var (left, right, feature, bin) = Split(nodes[at]);
            (nodes[(2 * at) + 1], nodes[(2 * at) + 2]) = (left, right);
            features[at] = (byte)Math.Max(0, feature);
            thresholds[at] = feature < 0 ? float.MaxValue : _edges[feature][bin];
        }
        for (int leaf = 0; leaf < NameModel.Leaves; leaf++)
        {
            var node = nodes[NameModel.Splits + leaf];
            values[leaf] = MathF.Round((float)(rate * ValueOf(node)), 5);
            foreach (int row in node.Rows) odds[row] += values[leaf];
        }
        return new NameModel.Tree(features, thresholds, values);
    }

    private Node Sum(Node node)
    {
        foreach (int row in node.Rows) (node.Gradient, node.Curvature) = (node.Gradient + _gradients[row], node.Curvature + _curvatures[row]);
        return node;
    }

    private (Node Left, Node Right, int Feature, int Bin) Split(Node node)
    {
        var none = new Node { Low = node.Low, High = node.High };
        double best = Gain(node) + 1e-6;
        (int Feature, int Bin) at = (-1, 0);
        var sums = new (double G, double H, int Count)[FeatureCount * Bins];
        foreach (int row in node.Rows)
            for (int f = 0; f < FeatureCount; f++)
            {
                ref var sum = ref sums[(f * Bins) + _bins[(row * FeatureCount) + f]];
                sum = (sum.G + _gradients[row], sum.H + _curvatures[row], sum.Count + 1);
            }
        for (int f = 0; f < FeatureCount; f++)
        {
            if (!IsUsed((Feature)f)) continue;
            var left = new Node { Low = node.Low, High = node.High };
            int count = 0;
            for (int bin = 0; bin < _edges[f].Length; bin++)
            {
                ref var sum = ref sums[(f * Bins) + bin];
                (left.Gradient, left.Curvature, count) = (left.Gradient + sum.G, left.Curvature + sum.H, count + sum.Count);
                if (count < leafMin || node.Rows.Count - count < leafMin) continue;
                var right = new Node { Low = node.Low, High = node.High, Gradient = node.Gradient - left.Gradient, Curvature = node.Curvature - left.Curvature };
                int direction = DirectionOf((Feature)f);
                if (direction != 0 && Math.Sign(ValueOf(right) - ValueOf(left)) == -direction) continue;
                double gain = Gain(left) + Gain(right);
                if (gain > best) (best, at) = (gain, (f, bin));
            }
        }
        return at.Feature < 0 ? (WithRows(none, node.Rows), none, -1, 0) : Divide(node, at.Feature, at.Bin);
    }

    private Node WithRows(Node node, List<int> rows) => Sum(new Node { Rows = rows, Low = node.Low, High = node.High });

    private (Node, Node, int, int) Divide(Node node, int feature, int bin)
    {
        var left = WithRows(node, [.. node.Rows.Where(r => _bins[(r * FeatureCount) + feature] <= bin)]);
        var right = WithRows(node, [.. node.Rows.Where(r => _bins[(r * FeatureCount) + feature] > bin)]);
        double middle = (ValueOf(left) + ValueOf(right)) / 2;
        if (DirectionOf((Feature)feature) > 0) (left.High, right.Low) = (Math.Min(left.High, middle), Math.Max(right.Low, middle));
        if (DirectionOf((Feature)feature) < 0) (left.Low, right.High) = (Math.Max(left.Low, middle), Math.Min(right.High, middle));
        return (left, right, feature, bin);
    }

    private double Gain(Node node)
    {
        double value = ValueOf(node);
        return (node.Gradient * value) - (0.5 * (node.Curvature + shrink) * value * value);
    }
}
