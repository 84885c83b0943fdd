using System.Text.Json;
using System.Text.RegularExpressions;
using Amana.Conventions.Tests.Reading;

namespace Amana.Conventions.Tests;

public partial class TranslationTests
{
    private static readonly string[] Languages = ["ar", "en", "es", "fr"];

    private static readonly string[] Folders = [.. Repository.Files.Where(f => f.StartsWith("src/", StringComparison.Ordinal) && f.Contains("/Texts/", StringComparison.Ordinal) && f.EndsWith(".json", StringComparison.Ordinal))
        .Select(f => Path.GetDirectoryName(f)!.Replace('\\', '/')).Distinct().Order(StringComparer.Ordinal)];

    [Fact]
    public void There_are_texts_in_all_four_languages_and_in_no_other()
    {
        Folders.ShouldNotBeEmpty();
        foreach (string folder in Folders)
        {
            string[] there = [.. Repository.FilesUnder(folder + "/", ".json").Select(f => Path.GetFileNameWithoutExtension(f)).Order(StringComparer.Ordinal)];
            there.ShouldBe(Languages, customMessage: folder);
        }
    }

    [Fact]
    public void Every_text_is_there_in_every_language_with_the_same_places_for_values()
    {
        foreach (string folder in Folders)
        {
            var english = Texts(folder, "en");
            Languages.SelectMany(language => Gaps(english, Texts(folder, language)).Select(gap => $"{folder}/{language}.json: {gap}")).ShouldBeEmpty();
        }
    }

    /// <summary>Of the server's refusals, and of what the readers of lists and questions say of files, rows and values.</summary>
    [Theory]
    [InlineData("ar")]
    [InlineData("en")]
    [InlineData("es")]
    [InlineData("fr")]
    public void Every_reason_to_refuse_is_told_in_the_reader_s_language(string language)
    {
        using var server = Built.Of(typeof(Server.Foundation.IModule).Assembly);
        using var lists = Built.Of(System.Reflection.Assembly.Load("Amana.Lists"));
        string[] codes = [.. RefusalCodes.In(server).Select(c => c.Code).Concat(RefusalCodes.OfRows(lists)).Concat(RefusalCodes.OfRows(server)).Distinct()];
        codes.ShouldContain("watchlist.unknown");
        codes.ShouldContain("list.no-name");
        codes.ShouldContain("question.date-impossible");
        var told = Folders.SelectMany(f => Texts(f, language).Keys).ToHashSet(StringComparer.Ordinal);
        // What has happened to a list or a question is an act, and told as one.
        codes.Where(code => !told.Contains($"refusal.{code}") && !told.Contains(code) && !told.Contains($"act.{code}")).Order(StringComparer.Ordinal).ShouldBeEmpty();
    }

    [Fact]
    public void The_rule_sees_what_is_missing_empty_or_without_its_value()
    {
        var english = new Dictionary<string, string>(StringComparer.Ordinal) { ["a"] = "{count} rows", ["b"] = "Lists", ["c"] = "Stop" };
        var french = new Dictionary<string, string>(StringComparer.Ordinal) { ["a"] = "lignes", ["b"] = " ", ["d"] = "Fin" };
        Gaps(english, french).ShouldBe(["a has not the same places for values", "b is empty", "c is missing", "d is not in English"]);
    }

    private static Dictionary<string, string> Texts(string folder, string language) =>
        JsonSerializer.Deserialize<Dictionary<string, string>>(Repository.Read($"{folder}/{language}.json"))!;

    private static IEnumerable<string> Gaps(Dictionary<string, string> english, Dictionary<string, string> other)
    {
        foreach (var (key, text) in english)
        {
            if (!other.TryGetValue(key, out string? translated)) yield return $"{key} is missing";
            else if (string.IsNullOrWhiteSpace(translated)) yield return $"{key} is empty";
            else if (!Places(text).SetEquals(Places(translated))) yield return $"{key} has not the same places for values";
        }
        foreach (string key in other.Keys.Except(english.Keys)) yield return $"{key} is not in English";
    }

    private static HashSet<string> Places(string text) => [.. Place().Matches(text).Select(m => m.Groups[1].Value)];

    [GeneratedRegex(@"\{\s*([A-Za-z0-9_]+)\s*[,:}]")]
    private static partial Regex Place();
}
