using System.Globalization;
using Amana.Matching.Scripts;

namespace Amana.Matching.Scoring;

/// <summary>The fitted part of the name score: a sum of small decision trees over <see cref="Feature"/>s, each of which may only
/// push the score the way that its feature's meaning allows.</summary>
/// <remarks>Source: data/scores, written by the bench command fit. How it was fitted: data/scores/SOURCE.md.</remarks>
internal sealed class NameModel
{
    public const int Depth = 4;
    public const int Splits = (1 << Depth) - 1, Leaves = 1 << Depth;

    /// <summary>Of an answer from a list, and of two names without one.</summary>
    public static readonly NameModel Listed = Read(Tables.Rows("scores/name-model.tsv")), Pair = Read(Tables.Rows("scores/pair-model.tsv"));

    private readonly byte[] _features;
    private readonly float[] _thresholds, _values;
    private readonly int _trees;

    public IReadOnlyList<Tree> Trees { get; }

    public NameModel(IReadOnlyList<Tree> trees, double start)
    {
        ArgumentNullException.ThrowIfNull(trees);
        (Trees, _trees) = (trees, trees.Count);
        Start = start;
        _features = [.. trees.SelectMany(t => t.Features)];
        _thresholds = [.. trees.SelectMany(t => t.Thresholds)];
        _values = [.. trees.SelectMany(t => t.Values)];
    }

    /// <summary>A full tree: the splits from the root in rows, then the leaves. A value at or below the threshold goes left.</summary>
    public sealed record Tree(byte[] Features, float[] Thresholds, float[] Values);

    /// <summary>Log-odds before any tree.</summary>
    public double Start { get; }

    /// <summary>Log-odds that the two are one, among those worth a look.</summary>
    public double LogOdds(in NameFeatures f)
    {
        double sum = Start;
        var features = f.Span;
        for (int tree = 0; tree < _trees; tree++)
        {
            int at = 0, first = tree * Splits;
            for (int level = 0; level < Depth; level++)
                at = (2 * at) + (features[_features[first + at]] > _thresholds[first + at] ? 2 : 1);
            sum += _values[(tree * Leaves) + at - Splits];
        }
        return sum;
    }

    private static NameModel Read(IEnumerable<string[]> rows)
    {
        var trees = new List<Tree>();
        double start = 0;
        foreach (string[] row in rows)
        {
            if (row[0] == "start")
            {
                start = double.Parse(row[1], CultureInfo.InvariantCulture);
                continue;
            }
            trees.Add(new Tree(
                [.. row.Take(Splits).Select(c => (byte)Enum.Parse<Feature>(c.Split(' ')[0]))],
                [.. row.Take(Splits).Select(c => float.Parse(c.Split(' ')[1], CultureInfo.InvariantCulture))],
                [.. row.Skip(Splits).Select(c => float.Parse(c, CultureInfo.InvariantCulture))]));
        }
        return new NameModel(trees, start);
    }
}
