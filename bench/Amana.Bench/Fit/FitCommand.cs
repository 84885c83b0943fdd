using System.Globalization;
using System.Text;
using Amana.Matching;
using Amana.Matching.Scoring;

namespace Amana.Bench.Fit;

/// <summary>Fits the name score to labelled questions and writes it as data: <c>fit INDEX... --queries F --out F</c>; with
/// <c>--pairs CORPUS</c> the score of two names without a list, from the names of that corpus.</summary>
internal static class FitCommand
{
    public static int Run(string[] args)
    {
        var indexes = new List<string>();
        string queries = "", output = "", corpus = "";
        int trees = 120;
        double rate = 0.15, shift = 0;
        for (int i = 0; i < args.Length; i++)
            switch (args[i])
            {
                case "--queries": queries = args[++i]; break;
                case "--out": output = args[++i]; break;
                case "--shift": shift = double.Parse(args[++i], CultureInfo.InvariantCulture); break;
                case "--pairs": corpus = args[++i]; break;
                case "--trees": trees = int.Parse(args[++i], CultureInfo.InvariantCulture); break;
                case "--rate": rate = double.Parse(args[++i], CultureInfo.InvariantCulture); break;
                default: indexes.Add(args[i]); break;
            }
        Examples learned = new(), held = new();
        foreach (string file in indexes)
        {
            using var index = MatchIndex.Open(file);
            if (corpus.Length > 0)
            {
                var pairs = new PairExamples(index, corpus);
                (learned, held) = (pairs.Of(queries, small: false), pairs.Of(queries, small: true));
            }
            else
            {
                learned.Add(index, queries, small: false);
                held.Add(index, queries, small: true);
            }
            Say($"{file}: {learned.Features.Count} examples to learn from, {held.Features.Count} held back");
        }
        var model = new Boosting(trees, rate).Fit(learned, (t, loss) =>
        {
            if (t % 20 == 0) Say($"tree {t}: loss {loss:F4}");
        });
        Say($"learned: {Quality.Of(model, learned)}");
        Say($"held back: {Quality.Of(model, held)}");
        if (output.Length > 0) Write(model, shift, output);
        return 0;
    }

    /// <param name="shift">Log-odds by which a match is likelier where the score is used than among the examples.</param>
    private static void Write(NameModel model, double shift, string path)
    {
        using var writer = new StreamWriter(path) { NewLine = "\n" };
        writer.WriteLine("# The fitted name score: decision trees over what is measured of two names. Written by the bench command fit; see SOURCE.md.");
        writer.WriteLine("# start TAB log-odds, then a line a tree: 15 splits (feature, threshold; at or below goes left) from the root in rows, 16 leaves (log-odds)");
        writer.WriteLine(string.Create(CultureInfo.InvariantCulture, $"start\t{model.Start + shift:F5}"));
        foreach (var tree in model.Trees)
        {
            var line = new StringBuilder();
            for (int i = 0; i < NameModel.Splits; i++)
                line.Append(CultureInfo.InvariantCulture, $"{(Feature)tree.Features[i]} {(tree.Thresholds[i] == float.MaxValue ? "9e9" : tree.Thresholds[i].ToString("0.####", CultureInfo.InvariantCulture))}\t");
            writer.WriteLine(line + string.Join('\t', tree.Values.Select(v => v.ToString("0.#####", CultureInfo.InvariantCulture))));
        }
    }

    private static void Say(FormattableString text) => Console.WriteLine(text.ToString(CultureInfo.InvariantCulture));
}
