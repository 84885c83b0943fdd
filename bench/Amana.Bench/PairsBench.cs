using System.Globalization;
using Amana.Matching;

namespace Amana.Bench;

/// <summary>Two names without a list: precision, recall and F1 on labelled pairs, at one threshold and at the best one.</summary>
internal static class PairsBench
{
    private const double Usual = 0.7;

    private sealed record Pair(string Group, string A, string B, bool IsMatch, double Score);

    public static int Run(string[] args)
    {
        string file = args[0];
        bool showsErrors = args.Contains("--errors");
        var pairs = new List<Pair>();
        foreach (string[] row in Rows(File.ReadAllText(file)).Skip(1))
        {
            if (row.Length < 5) continue;
            var kind = row[1] is "Company" ? SubjectKind.Organization : row[1] is "LegalEntity" ? SubjectKind.Any : CorpusFile.KindOf(row[1]);
            var question = new Question { Names = [row[2]], Kind = kind };
            double score = Matcher.Compare(question, new Subject { Id = "1", Kind = kind, Names = [new SubjectName(row[3])] }).Score;
            pairs.Add(new Pair(row[0], row[2], row[3], row[4] == "true", score));
        }
        Say($"{pairs.Count} pairs: at {Usual} {At(pairs, Usual)}");
        double best = Enumerable.Range(1, 99).Select(t => t / 100.0).MaxBy(t => F1(pairs, t));
        Say($"best threshold {best}: {At(pairs, best)}");
        foreach (var group in pairs.GroupBy(p => p.Group)) Say($"  {group.Key} ({group.Count()}): {At([.. group], Usual)}");
        if (!showsErrors) return 0;
        foreach (var p in pairs.Where(p => p.IsMatch != p.Score >= Usual).OrderBy(p => p.IsMatch).ThenByDescending(p => p.Score))
            Say($"{(p.IsMatch ? "missed" : "false ")} {p.Score:F3} {p.Group} | {p.A} | {p.B}");
        return 0;
    }

    private static (int Right, int Wrong, int Missed) Count(List<Pair> pairs, double threshold) =>
        (pairs.Count(p => p.IsMatch && p.Score >= threshold), pairs.Count(p => !p.IsMatch && p.Score >= threshold), pairs.Count(p => p.IsMatch && p.Score < threshold));

    private static double F1(List<Pair> pairs, double threshold)
    {
        var (right, wrong, missed) = Count(pairs, threshold);
        return 2.0 * right / Math.Max(1, (2 * right) + wrong + missed);
    }

    private static string At(List<Pair> pairs, double threshold)
    {
        var (right, wrong, missed) = Count(pairs, threshold);
        return string.Create(CultureInfo.InvariantCulture,
            $"precision {right / (double)Math.Max(1, right + wrong):F3} recall {right / (double)Math.Max(1, right + missed):F3} F1 {F1(pairs, threshold):F3}");
    }

    /// <summary>RFC 4180: fields in double quotes may hold commas, lines and doubled quotes.</summary>
    private static IEnumerable<string[]> Rows(string text)
    {
        var row = new List<string>();
        var field = new System.Text.StringBuilder();
        bool isQuoted = false;
        for (int i = 0; i < text.Length; i++)
        {
            char c = text[i];
            if (c == '"' && isQuoted && i + 1 < text.Length && text[i + 1] == '"') field.Append(text[++i]);
            else if (c == '"') isQuoted = !isQuoted;
            else if (isQuoted || c is not (',' or '\n' or '\r')) field.Append(c);
            else if (c != '\r')
            {
                row.Add(field.ToString());
                field.Clear();
                if (c == ',') continue;
                yield return [.. row];
                row.Clear();
            }
        }
        if (row.Count > 0 || field.Length > 0) yield return [.. row, field.ToString()];
    }

    private static void Say(FormattableString text) => Console.WriteLine(text.ToString(CultureInfo.InvariantCulture));
}
