using System.Globalization;
using System.Text.RegularExpressions;

namespace Amana.Server.Tests.Web;

/// <summary>WCAG 2.2, 1.4.3 and 1.4.11, over the tokens of the style sheet itself, light and dark.</summary>
public partial class ContrastTests
{
    private static readonly Dictionary<string, (string Light, string Dark)> Tokens = Read();

    public static TheoryData<string, string, double> Pairs
    {
        get
        {
            var pairs = new TheoryData<string, string, double>();
            foreach (string ground in new[] { "bg", "surface", "sunk", "raised" })
                foreach (string text in new[] { "text", "text2", "text3", "primary" }) pairs.Add(text, ground, 4.5);
            foreach (string ground in new[] { "surface", "bg" }) pairs.Add("ctl", ground, 3);
            foreach (string state in new[] { "ok", "warn", "danger", "info" })
            {
                pairs.Add(state, "surface", 4.5);
                pairs.Add(state, $"{state}-bg", 4.5);
            }

            pairs.Add("on-primary", "primary", 4.5);
            pairs.Add("primary", "tint", 4.5);
            pairs.Add("text2", "tint", 4.5);
            pairs.Add("text", "mark", 4.5);
            pairs.Add("text", "mark-d", 4.5);
            foreach (char notice in "RYBKGOPSU") pairs.Add($"n{notice}-on", $"n{notice}", 4.5);
            foreach (string outline in new[] { "nR", "nY-ol", "nB", "nG", "nO-ol", "nP", "nS", "nU" }) pairs.Add(outline, "surface", 3);
            for (int chart = 1; chart <= 5; chart++) pairs.Add($"c{chart}", "surface", 3);
            return pairs;
        }
    }

    [Theory, MemberData(nameof(Pairs))]
    public void Text_and_marks_stand_out_from_their_ground(string front, string ground, double least)
    {
        Contrast(Tokens[front].Light, Tokens[ground].Light).ShouldBeGreaterThanOrEqualTo(least, "light");
        Contrast(Tokens[front].Dark, Tokens[ground].Dark).ShouldBeGreaterThanOrEqualTo(least, "dark");
    }

    [Fact]
    public void Black_on_white_is_twenty_one_to_one() => Contrast("#000000", "#FFFFFF").ShouldBe(21, 0.001);

    private static double Contrast(string one, string other)
    {
        double a = Luminance(one), b = Luminance(other);
        return (Math.Max(a, b) + 0.05) / (Math.Min(a, b) + 0.05);
    }

    private static double Luminance(string hex)
    {
        double Part(int at)
        {
            double part = int.Parse(hex.AsSpan(at, 2), NumberStyles.HexNumber, CultureInfo.InvariantCulture) / 255.0;
            return part <= 0.04045 ? part / 12.92 : Math.Pow((part + 0.055) / 1.055, 2.4);
        }

        return 0.2126 * Part(1) + 0.7152 * Part(3) + 0.0722 * Part(5);
    }

    private static Dictionary<string, (string, string)> Read() =>
        Token().Matches(File.ReadAllText(Path.Combine(TextsTests.FindRoot(), "src", "Amana.Server", "wwwroot", "css", "tokens.css")))
            .ToDictionary(m => m.Groups["name"].Value, m => (m.Groups["light"].Value, m.Groups["dark"].Value), StringComparer.Ordinal);

    [GeneratedRegex(@"--(?<name>[A-Za-z0-9-]+):light-dark\((?<light>#[0-9A-Fa-f]{6}),(?<dark>#[0-9A-Fa-f]{6})\)", RegexOptions.ExplicitCapture, 5000)]
    private static partial Regex Token();
}
