using System.Text.RegularExpressions;
using Amana.Server.Foundation;
using Amana.Server.Web;

namespace Amana.Server.Tests.Web;

public partial class TextsTests
{
    public static TheoryData<string> LanguageCodes => [.. Languages.All.Select(l => l.Code)];

    [Theory, MemberData(nameof(LanguageCodes))]
    public void Every_language_says_the_same_things_with_the_same_values(string code)
    {
        var english = TextCatalogue.Own.AllOf(Languages.English);
        var other = TextCatalogue.Own.AllOf(Languages.Find(code)!);
        other.Keys.Order(StringComparer.Ordinal).ShouldBe(english.Keys.Order(StringComparer.Ordinal));
        other.Where(t => !t.Value.Arguments.SequenceEqual(english[t.Key].Arguments)).Select(t => t.Key).ShouldBeEmpty();
    }

    [Theory, MemberData(nameof(LanguageCodes))]
    public void A_count_has_every_form_of_its_language(string code) =>
        TextCatalogue.Own.AllOf(Languages.Find(code)!)
            .Where(t => t.Value.Plurals.Any(cases => PluralRules.CategoriesOf(code).Except(cases).Any()))
            .Select(t => t.Key).ShouldBeEmpty();

    [Fact]
    public void Every_key_that_a_page_names_has_a_text()
    {
        var known = TextCatalogue.Own.AllOf(Languages.English);
        string root = FindRoot();
        var used = Directory.EnumerateFiles(Path.Combine(root, "src", "Amana.Server"), "*.*", SearchOption.AllDirectories)
            .Where(f => f.EndsWith(".razor", StringComparison.Ordinal) || f.EndsWith(".cs", StringComparison.Ordinal))
            .SelectMany(f => UsedKey().Matches(string.Join('\n', File.ReadLines(f).Where(l => !l.TrimStart().StartsWith("//", StringComparison.Ordinal)))).Select(m => (Key: m.Groups["key"].Value, File: Path.GetFileName(f)))).ToList();
        used.Count.ShouldBeGreaterThan(150);
        used.Where(u => !known.ContainsKey(u.Key)).Select(u => $"{u.File}: {u.Key}").Distinct().ShouldBeEmpty();
    }

    [Fact]
    public void Data_inside_a_sentence_is_encoded_and_stands_in_an_isolate() =>
        Texts.In(Languages.Arabic).Html("due.late", ("span", "<b>26</b>")).Value.ShouldBe("متأخر <bdi>&lt;b&gt;26&lt;/b&gt;</bdi>");

    [Fact]
    public void Plain_text_isolates_data_with_the_characters_for_it() =>
        Texts.In(Languages.English).Say("shell.language", ("name", "العربية")).ShouldBe("Language: \u2068العربية\u2069");

    [Fact]
    public void A_refusal_without_a_text_says_what_the_API_says() =>
        Texts.In(Languages.French).Of(new Refusal(RefusalKind.Invalid, "no.such-code", "As the API says.")).ShouldBe("As the API says.");

    internal static string FindRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "Amana.slnx"))) folder = folder.Parent!;
        return folder.FullName;
    }

    // T["key"], T.Say("key", T.Html("key", texts["key"]; a key that is put together ends before its first brace and is left out.
    [GeneratedRegex("""(?:\bT|[tT]exts)(?:\[|\.Say\(|\.Html\()"(?<key>[a-z][a-z0-9.-]+[a-z0-9])"(?=[\],)])""", RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture, 5000)]
    private static partial Regex UsedKey();
}
