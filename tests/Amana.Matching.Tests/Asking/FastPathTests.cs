using Amana.Matching.Asking;
using Amana.Matching.Tests.Invented;
using CsCheck;

namespace Amana.Matching.Tests.Asking;

/// <summary>The lists that candidates come from lose nothing that comparing everything would find.</summary>
public class FastPathTests(ITestOutputHelper output)
{
    private const int Subjects = 600, Questions = 300;
    /// <summary>A score from which an answer is shown on request: docs/decisions/0003-scores.md.</summary>
    private const double Counts = 0.5;

    private const string Seed = "0000KOiGtGd4";

    /// <summary>Of the answers that count, at most.</summary>
    private const double LostMost = 0.005;

    private sealed record Asked(string Kind, string Name, int Meant);

    [Fact]
    public void Posting_lists_lose_nobody_whom_laying_every_subject_finds() =>
        ShouldLoseNobody(new Search { LaysEverySubject = true }, (_, _) => true);

    /// <summary>Of those who were meant: that comparing everything with everything finds strangers as well is no loss.</summary>
    [Fact]
    public void Keys_of_tokens_lose_nobody_who_was_meant_and_whom_comparing_everything_finds() =>
        ShouldLoseNobody(new Search { LaysEverySubject = true, ComparesEveryToken = true }, (asked, place) => asked.Meant == place);

    [Fact]
    public void Whoever_is_listed_is_found_by_the_very_same_name()
    {
        var lost = new List<string>();
        foreach (string script in InventedNames.Scripts)
        {
            var names = InventedNames.Population(script, Subjects, Seed);
            using var index = MatchIndex.Build(names.Select(Listed), TestContext.Current.CancellationToken);
            for (int place = 0; place < Subjects; place++)
            {
                string caption = index.CaptionOf(place);
                var hits = index.Ask(new Question { Names = [caption] }, new AskOptions { Limit = 1, MinScore = 0.7, Explain = false });
                if (hits.Count == 0) lost.Add(caption);
            }
        }
        lost.ShouldBeEmpty();
    }

    private void ShouldLoseNobody(Search slow, Func<Asked, int, bool> isWanted)
    {
        int wanted = 0;
        var lost = new List<string>();
        foreach (string script in InventedNames.Scripts)
        {
            lost.AddRange(Lost(script, slow, isWanted, out int some));
            wanted += some;
        }
        wanted.ShouldBeGreaterThan(Questions * InventedNames.Scripts.Count / 2);
        (lost.Count / (double)wanted).ShouldBeLessThanOrEqualTo(LostMost, string.Join('\n', lost));
    }

    private List<string> Lost(string script, Search slow, Func<Asked, int, bool> isWanted, out int wanted)
    {
        var names = InventedNames.Population(script, Subjects, Seed);
        using var index = MatchIndex.Build(names.Select(Listed), TestContext.Current.CancellationToken);
        wanted = 0;
        var lost = new List<string>();
        var options = new AskOptions { Limit = 50, MinScore = Counts, Explain = false };
        foreach (var asked in Gen.Select(Gen.Int[0, Subjects - 1], Gen.Int[0, 1_000_000], (i, chance) => Variant(names[i], i, chance)).Array[Questions].Single(_ => true, Seed))
        {
            var question = new Question { Names = [asked.Name], Kind = SubjectKind.Person };
            var found = index.Ask(question, options).Select(h => h.Place).ToHashSet();
            foreach (var hit in slow.Run(question, options, [index]).Where(h => isWanted(asked, h.Place)))
            {
                wanted++;
                if (!found.Contains(hit.Place)) lost.Add($"{asked.Kind}: {asked.Name} – {hit.Caption} {hit.Score:F3}");
            }
        }
        output.WriteLine($"{script}: {wanted - lost.Count} of {wanted}\n{string.Join('\n', lost)}");
        return lost;
    }

    /// <summary>Some names in Latin letters too, so that questions of either script meet either.</summary>
    private static Subject Listed(InventedName name, int place) =>
        new() { Id = $"Q-{place}", Kind = SubjectKind.Person, Names = [new(place % 3 == 0 ? name.Latin : name.Text)] };

    private static Asked Variant(InventedName name, int meant, int chance)
    {
        var (kind, text) = Changed(name, chance);
        return new Asked(kind, text, meant);
    }

    private static (string Kind, string Text) Changed(InventedName name, int chance)
    {
        string text = chance % 2 == 0 ? name.Text : name.Latin;
        chance /= 2;
        string[] words = text.Split(' ');
        return (chance % 9) switch
        {
            0 => ("exact", text),
            1 => ("typing error", Mistyped(text, chance / 9)),
            2 => ("two typing errors", Mistyped(Mistyped(text, chance / 9), chance / 63)),
            3 => ("order", string.Join(' ', words.Reverse())),
            4 => ("initial", string.Join(' ', words.Select((w, i) => i == 0 && words.Length > 1 ? w[..1] : w))),
            5 => ("joined", words.Length > 2 ? words[0] + string.Join(' ', words[1..]) : string.Concat(words)),
            6 => ("split", text.Insert(text.Length - Math.Min(3, text.Length / 2), " ")),
            7 => ("one word less", words.Length > 2 ? string.Join(' ', words[1..]) : text),
            _ => ("order and typing error", Mistyped(string.Join(' ', words.Reverse()), chance / 9)),
        };
    }

    /// <summary>A letter doubled, left out, or changed places with the next.</summary>
    private static string Mistyped(string text, int chance)
    {
        int at = chance / 3 % text.Length;
        return (chance % 3) switch
        {
            0 => text.Insert(at, text[at..(at + 1)]),
            1 when text.Length > 4 => text.Remove(at, 1),
            _ => at + 1 < text.Length ? text[..at] + text[at + 1] + text[at] + text[(at + 2)..] : text,
        };
    }
}
