using System.IO.Compression;
using System.Text.Json;
using Amana.Matching.Scripts;

namespace Amana.Matching.Tests.Scripts;

public class TablesTests
{
    /// <summary>Names of two words and more, which a table of words has no reason to hold.</summary>
    private static IEnumerable<string> Cells() => Tables.Names
        .Where(n => n is not "names/company-forms.tsv" and not "names/titles.tsv" && !n.StartsWith("countries/", StringComparison.Ordinal))
        .SelectMany(Tables.Rows).SelectMany(r => r);

    [Fact]
    public void No_letter_or_name_table_holds_a_whole_name_of_the_evaluation_set()
    {
        if (EvaluationSet() is not { } path)
        {
            Assert.Skip("The evaluation set is not beside this checkout (shared/data/screening-eval).");
            return;
        }
        var names = Lines(path).SelectMany(e => e.GetProperty("names").EnumerateArray().Select(n => n.GetProperty("n")))
            .Concat(Lines(path.Replace("corpus.", "queries.", StringComparison.Ordinal)).Select(q => q.GetProperty("q")))
            .Select(n => NameText.FoldedOf(n.GetString()!)).Where(n => n.Contains(' ', StringComparison.Ordinal)).ToHashSet(StringComparer.Ordinal);
        names.Count.ShouldBeGreaterThan(1_000);
        WholeNamesIn(Cells(), names).ShouldBeEmpty();
        WholeNamesIn(Cells().Append(names.First()), names).ShouldBe([names.First()]); // and it would be seen
    }

    private static IEnumerable<JsonElement> Lines(string path)
    {
        using var reader = new StreamReader(new GZipStream(File.OpenRead(path), CompressionMode.Decompress));
        while (reader.ReadLine() is { } line)
        {
            using var document = JsonDocument.Parse(line);
            yield return document.RootElement;
        }
    }

    private static IEnumerable<string> WholeNamesIn(IEnumerable<string> cells, HashSet<string> names) => cells.Select(NameText.FoldedOf).Where(names.Contains);

    [Fact]
    public void Given_names_stand_in_rows_of_two_words_or_more_with_one_space_between()
    {
        foreach (string[] row in Tables.Rows("names/given.tsv"))
        {
            string[] words = row[0].Split(' ');
            words.Length.ShouldBeGreaterThan(1);
            words.ShouldAllBe(w => w.Length > 0);
        }
    }

    private static string? EvaluationSet()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
            if (Path.Combine(folder.FullName, "shared", "data", "screening-eval", "corpus.ndjson.gz") is var path && File.Exists(path)) return path;
        return null;
    }
}
