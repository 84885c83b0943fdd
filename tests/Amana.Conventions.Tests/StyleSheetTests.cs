using System.Text.RegularExpressions;
using Amana.Conventions.Tests.Reading;

namespace Amana.Conventions.Tests;

public partial class StyleSheetTests
{
    [Fact]
    public void A_style_sheet_says_start_and_end_and_never_left_and_right() =>
        Repository.Files.Where(f => f.StartsWith("src/", StringComparison.Ordinal) && (f.EndsWith(".css", StringComparison.Ordinal) || f.EndsWith(".razor", StringComparison.Ordinal)))
            .SelectMany(f => Repository.ReadLines(f).Index().Where(l => SaysASide(f, l.Item)).Select(l => $"{f}:{l.Index + 1}: {l.Item.Trim()}"))
            .ShouldBeEmpty();

    [Theory]
    [InlineData("margin-left: 4px;", true)]
    [InlineData(".a { padding-right: 0 }", true)]
    [InlineData("  left: 0;", true)]
    [InlineData("{ right:0 }", true)]
    [InlineData("text-align: right;", true)]
    [InlineData("float:left;", true)]
    [InlineData("border-top-left-radius: 2px;", true)]
    [InlineData("margin: 0 4px 0 8px;", true)]
    [InlineData("margin-inline-start: 4px; inset-inline-end: 0; text-align: start;", false)]
    [InlineData("margin: 0 4px; padding: 1px 4px 2px 4px;", false)]
    [InlineData("/* the rail is on the left */", false)]
    [InlineData("--shadow-left-hint: 1;", false)]
    public void The_rule_sees_a_side(string css, bool expected) => SaysASide("a.css", css).ShouldBe(expected);

    private static bool SaysASide(string file, string line)
    {
        if (file.EndsWith(".razor", StringComparison.Ordinal) && Style().Match(line) is { Success: var has } match) line = has ? match.Groups[1].Value : "";
        line = Comment().Replace(line, "");
        return Side().IsMatch(line) || FourSides().Matches(line).Any(m => m.Groups[2].Value != m.Groups[4].Value);
    }

    [GeneratedRegex(@"(?<![\w-])(?:(?:margin|padding|border|scroll-margin|scroll-padding)-(?:left|right)[\w-]*\s*:|(?:left|right)\s*:|(?:text-align|float|clear)\s*:\s*(?:left|right)\b|border-(?:top|bottom)-(?:left|right)-radius\s*:)")]
    private static partial Regex Side();

    [GeneratedRegex(@"(?<![\w-])(?:margin|padding|inset)\s*:\s*([^\s;}]+)\s+([^\s;}]+)\s+([^\s;}]+)\s+([^\s;}!]+)\s*(?:!important)?\s*[;}]")]
    private static partial Regex FourSides();

    [GeneratedRegex(@"/\*.*?\*/")]
    private static partial Regex Comment();

    [GeneratedRegex("style=\"([^\"]*)\"")]
    private static partial Regex Style();
}
