using System.Globalization;
using System.Text;

namespace Amana.Peers;

/// <summary>Writes the comparison as Markdown, between its markers in the results.</summary>
internal static class Tables
{
    private const string Begin = "<!-- peers: written by bench/Amana.Peers -->", End = "<!-- peers end -->";

    private static string Percent(double share) => (share * 100).ToString("F0", CultureInfo.InvariantCulture);

    private static string Three(Shares s) => $"{Percent(s.Ten)} / {Percent(s.Far1)} / {Percent(s.Far5)}";

    private static string Time(double us) => us < 1_000 ? string.Create(CultureInfo.InvariantCulture, $"{us:F0} µs") : string.Create(CultureInfo.InvariantCulture, $"{us / 1_000:F1} ms");

    public static string Row(Measured m) => string.Create(
        CultureInfo.InvariantCulture,
        $"| {m.System} | {Percent(m.Quality.Headline.First)} | {Three(m.Quality.Headline)} | {Three(m.Quality.SameScript)} | {Three(m.Quality.Across)} | {Three(m.Quality.Synthetic)} | {Three(m.Quality.Real)} | {Time(m.Cost.CpuMicroseconds)} | {Time(m.Quality.P50)} | {Time(m.Quality.P99)} | {m.Cost.PeakMegabytes:F0} MB | {m.Cost.LoadSeconds:F1} s |");

    public static string Section(IReadOnlyList<Measured> all, Options options, string load)
    {
        var text = new StringBuilder();
        text.AppendLine(Begin);
        text.AppendLine(CultureInfo.InvariantCulture, $"## Beside other systems, measured {TimeProvider.System.GetUtcNow():yyyy-MM-dd}, commit {Machine.Commit}");
        text.AppendLine("    dotnet run -c Release --project bench/Amana.Peers -- compare CORPUS --queries QUERIES --scorer SCORER --results bench/RESULTS.md");
        text.AppendLine();
        text.AppendLine(CultureInfo.InvariantCulture, $"{Machine.Description}; load average (1 and 5 minutes) {load}.");
        text.AppendLine(CultureInfo.InvariantCulture, $"Corpus {string.Join(", ", options.Corpora.Select(Path.GetFileName))}; questions {Path.GetFileName(options.Queries)}{(options.Small ? ", the small part" : "")}, by name alone, one thread.");
        text.AppendLine("What the systems are: README.md. Percent: R@10 / recall at 1 % false alerts / at 5 %. Memory is of the answering process.");
        text.AppendLine();
        text.AppendLine("| system | R@1 | headline | same script | across scripts | synthetic | real | CPU a question | p50 | p99 | peak memory | load and index |");
        text.AppendLine("|---|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|");
        foreach (var m in all) text.AppendLine(Row(m));
        text.AppendLine();
        text.AppendLine(CultureInfo.InvariantCulture, $"| kind | questions | {string.Join(" | ", all.Select(m => m.System))} |");
        text.AppendLine("|---|--:|" + string.Concat(all.Select(_ => "--:|")));
        foreach (var (kind, shares) in all[0].Quality.Kinds)
            text.AppendLine(CultureInfo.InvariantCulture, $"| {kind} | {shares.Count} | {string.Join(" | ", all.Select(m => Three(m.Quality.Kinds[kind])))} |");
        text.AppendLine(End);
        return text.ToString();
    }

    /// <summary>Puts the section where the last one stood, or at the end.</summary>
    public static void Replace(string file, string section)
    {
        string text = File.Exists(file) ? File.ReadAllText(file) : "";
        int begin = text.IndexOf(Begin, StringComparison.Ordinal), end = text.IndexOf(End, StringComparison.Ordinal);
        File.WriteAllText(file, begin >= 0 && end > begin
            ? text[..begin] + section.TrimEnd('\n') + text[(end + End.Length)..]
            : text.TrimEnd('\n') + "\n\n" + section);
    }
}
