using System.Text;
using Amana.Matching.Scripts;
using Amana.Matching.Tests.Invented;
using CsCheck;

namespace Amana.Matching.Tests;

/// <summary>What holds of names in any script, compared without a list: docs/decisions/0003-scores.md.</summary>
public class NamePropertyTests
{
    private const int Names = 60;
    private const string Seed = "0000KOiGtGd4";

    /// <summary>Letters as older standards wrote them: full and half width, Arabic letters by their place in the word.</summary>
    private static readonly Dictionary<string, char> OtherWidths = Enumerable.Range(0xFB50, 0xFFA0 - 0xFB50).Select(c => (char)c)
        .Where(c => char.IsLetter(c)).GroupBy(c => c.ToString().Normalize(NormalizationForm.FormKC)).Where(g => g.Key.Length == 1).ToDictionary(g => g.Key, g => g.First());

    public static TheoryData<string> Scripts => [.. InventedNames.Scripts];

    private static InventedName[] Of(string script) => InventedNames.In(script).Array[Names].Single(_ => true, Seed);

    private static double Score(string asked, string listed) =>
        Matcher.Compare(new Question { Names = [asked] }, new Subject { Id = "Q", Names = [new(listed)] }).Score;

    [Theory]
    [MemberData(nameof(Scripts))]
    public void How_a_name_is_typed_makes_no_difference(string script)
    {
        foreach (string name in Of(script).Select(n => n.Text))
            foreach (string typed in WaysToType(name))
            {
                Score(typed, name).ShouldBe(1, $"{typed} asked, {name} listed");
                Score(name, typed).ShouldBe(1, $"{name} asked, {typed} listed");
            }
    }

    private static IEnumerable<string> WaysToType(string name)
    {
        yield return name;
        yield return name.ToUpperInvariant();
        yield return $" {name.Replace(" ", "  ", StringComparison.Ordinal)}\u200F ";
        foreach (var form in Enum.GetValues<NormalizationForm>()) yield return name.Normalize(form);
        yield return string.Concat(name.Select(c => OtherWidths.GetValueOrDefault(c.ToString(), c)));
    }

    [Theory]
    [InlineData("Arab", "\u064E")]
    [InlineData("Arab", "\u0640")]
    [InlineData("Arab", "\u0651\u064F")]
    [InlineData("Hebr", "\u05B7")]
    [InlineData("Hebr", "\u05BC")]
    public void Vowel_signs_and_stretched_letters_make_no_difference(string script, string sign)
    {
        foreach (string name in Of(script).Select(n => n.Text))
        {
            string signed = string.Join(' ', name.Split(' ').Select(w => string.Concat(w.Select((c, i) => i + 1 < w.Length ? c + sign : c.ToString()))));
            Score(signed, name).ShouldBe(1, signed);
            Score(name, signed).ShouldBe(1, signed);
        }
    }

    [Theory]
    [MemberData(nameof(Scripts))]
    public void Another_name_is_never_the_same(string script)
    {
        foreach (var ((name, other), chance) in Gen.Select(Gen.Select(InventedNames.In(script), InventedNames.In(script)), Gen.Int[0, 9999]).Array[Names].Single(_ => true, Seed))
            foreach (string another in (string[])[other.Text, WithoutLetter(name.Text, chance), Swapped(name.Text, chance)])
                if (NameText.FoldedOf(another) != NameText.FoldedOf(name.Text)) Score(another, name.Text).ShouldBeLessThan(1, $"{another} – {name.Text}");
    }

    [Theory]
    [MemberData(nameof(Scripts))]
    public void A_second_mistake_never_makes_a_name_nearer(string script)
    {
        foreach (var (name, chance) in Gen.Select(InventedNames.In(script), Gen.Int[0, 9999]).Array[Names].Single(_ => true, Seed))
        {
            string[] words = name.Text.Split(' ');
            if (words.Length < 2) continue;
            string once = string.Join(' ', [WithoutLetter(words[0], chance), .. words[1..]]);
            string twice = string.Join(' ', [WithoutLetter(words[0], chance), .. words[1..^1], WithoutLetter(words[^1], chance / 7)]);
            Score(twice, name.Text).ShouldBeLessThanOrEqualTo(Score(once, name.Text) + 1e-9, $"{once}, then {twice} – {name.Text}");
        }
    }

    [Theory]
    [MemberData(nameof(Scripts))]
    public void Which_of_two_names_is_asked_makes_no_difference_when_the_tokens_are_the_same(string script)
    {
        foreach (string name in Of(script).Select(n => n.Text))
        {
            string turned = string.Join(' ', name.Split(' ').Reverse());
            Score(turned, name).ShouldBe(Score(name, turned), 1e-6, name);
        }
    }

    /// <summary>Rules that look at the asked side first, such as which of its tokens are tried as one, seldom decide:
    /// src/Amana.Matching/README.md, limits.</summary>
    [Theory]
    [MemberData(nameof(Scripts))]
    public void Which_of_two_names_is_asked_makes_little_difference(string script)
    {
        var pairs = Gen.Select(InventedNames.In(script), InventedNames.In(script)).Array[Names].Single(_ => true, Seed)
            .SelectMany(p => new[] { (p.Item1.Text, Other: p.Item1.Latin), (p.Item1.Text, Other: p.Item2.Text) });
        var uneven = pairs.Where(p => Math.Abs(Score(p.Text, p.Other) - Score(p.Other, p.Text)) > 0.1).Select(p => $"{p.Text} – {p.Other}").ToArray();
        uneven.Length.ShouldBeLessThanOrEqualTo(Names * 2 / 20, string.Join('\n', uneven));
    }

    private static string WithoutLetter(string text, int chance)
    {
        int at = chance % text.Length;
        return text.Length < 4 || text[at] == ' ' ? text : text.Remove(at, 1);
    }

    private static string Swapped(string text, int chance)
    {
        int at = chance % (text.Length - 1);
        return text[at] == ' ' || text[at + 1] == ' ' ? text : text[..at] + text[at + 1] + text[at] + text[(at + 2)..];
    }
}
