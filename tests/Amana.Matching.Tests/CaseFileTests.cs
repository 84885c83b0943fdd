using System.Globalization;

namespace Amana.Matching.Tests;

/// <summary>The case files: what people who know a script call the same name, one file a script. Two names without a list.</summary>
public class CaseFileTests
{
    /// <summary>docs/decisions/0003-scores.md.</summary>
    private const double Threshold = 0.7;
    private const int CasesMin = 30;
    private const string Known = "known ";

    private sealed record Case(string Verdict, string Asked, string Listed, string Why)
    {
        public bool IsKnown => Verdict.StartsWith(Known, StringComparison.Ordinal);
        public bool IsRight => (Score >= Threshold) == (Verdict is "same" or Known + "same");
        public double Score => Matcher.Compare(new Question { Names = [Asked] }, new Subject { Id = "Q", Names = [new(Listed)] }).Score;
        public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Verdict}: {Asked} – {Listed} {Score:F3} ({Why})");
    }

    private static string Folder => Path.Combine(AppContext.BaseDirectory, "Cases");

    public static TheoryData<string> Files => [.. Directory.GetFiles(Folder, "*.tsv").Select(f => Path.GetFileName(f)).Order(StringComparer.Ordinal)];

    private static Case[] Cases(string file) =>
        [.. File.ReadLines(Path.Combine(Folder, file)).Where(l => l is not ['#', ..]).Select(l => l.Split('\t')).Select(r => new Case(r[0], r[1], r[2], r[3]))];

    [Theory]
    [MemberData(nameof(Files))]
    public void The_same_name_reaches_the_threshold_and_another_does_not(string file) =>
        Cases(file).Where(c => !c.IsKnown && !c.IsRight).Select(c => c.ToString()).ShouldBeEmpty();

    [Theory]
    [MemberData(nameof(Files))]
    public void What_the_engine_has_learned_is_no_longer_marked_as_known_to_be_wrong(string file) =>
        Cases(file).Where(c => c.IsKnown && c.IsRight).Select(c => c.ToString()).ShouldBeEmpty("take the mark off");

    [Theory]
    [MemberData(nameof(Files))]
    public void A_case_file_says_enough(string file)
    {
        var cases = Cases(file);
        cases.Length.ShouldBeGreaterThanOrEqualTo(CasesMin);
        cases.ShouldAllBe(c => c.Verdict == "same" || c.Verdict == "different" || c.Verdict == Known + "same" || c.Verdict == Known + "different");
        cases.Count(c => c.Verdict.EndsWith("different", StringComparison.Ordinal)).ShouldBeGreaterThan(cases.Length / 5);
        cases.DistinctBy(c => (c.Asked, c.Listed)).Count().ShouldBe(cases.Length);
    }
}
