using Amana.Matching.Tests.Invented;
using CsCheck;

namespace Amana.Matching.Tests;

/// <summary>An index with changes beside it answers as one that is built of the same records.</summary>
public sealed class ChangedIndexTests
{
    private const int Subjects = 240, Questions = 25;

    private static readonly AskOptions Options = new() { Limit = 20, MinScore = 0.3 };

    /// <summary>What happens to the records of a list: places that go, places whose record gets another's name, and new records.</summary>
    private sealed record Changes(string Script, int[] Removed, int[] Renamed, int Added, int[] Asked, bool Mistyped);

    private static readonly Gen<int[]> SomePlaces = Gen.Int[0, Subjects - 1].Array[0, 40];

    private static readonly Gen<Changes> AnyChanges = Gen.Select(
        InventedNames.OneOf([.. InventedNames.Scripts]), SomePlaces, SomePlaces, Gen.Int[0, 40], Gen.Int[0, Subjects + 79].Array[Questions], Gen.Bool,
        (script, removed, renamed, added, asked, mistyped) => new Changes(script, removed, renamed, added, asked, mistyped));

    // How many tokens near a misspelled one are looked at is bounded in each index, so base and changes together look at a few more or other ones than one
    // index does: an answer at the edge may differ until the merge. It has to stay rarer than one in two hundred.
    private const double DifferMost = 0.005;

    [Fact]
    public void Base_and_changes_answer_as_one_index_of_the_same_records()
    {
        int compared = 0;
        var different = new List<string>();
        AnyChanges.Sample(changes => Compare(changes, (asChanged, asWhole, text) =>
        {
            compared++;
            if (!asChanged.SequenceEqual(asWhole)) different.Add(text);
        }), iter: 60, threads: 1);
        compared.ShouldBeGreaterThan(2_000);
        ((double)different.Count / compared).ShouldBeLessThanOrEqualTo(DifferMost, string.Join(", ", different));
    }

    private static void Compare(Changes changes, Action<IEnumerable<(string, string, double, double?)>, IEnumerable<(string, string, double, double?)>, string> compare)
    {
        var names = InventedNames.Population(changes.Script, Subjects + 80, "0000KOiGtGd4");
        var before = names.Take(Subjects).Select((n, i) => Listed(n, $"Q-{i}", i)).ToList();
        var renamed = changes.Renamed.Distinct().Except(changes.Removed).ToList();
        var put = renamed.Select((place, i) => Listed(names[Subjects + i], $"Q-{place}", i)).Concat(Enumerable.Range(0, changes.Added).Select(i => Listed(names[Subjects + 40 + i], $"Q-new-{i}", i))).ToList();
        using var whole = Built(before.Where((_, place) => !changes.Removed.Contains(place) && !renamed.Contains(place)).Concat(put));
        using var old = Built(before);
        using var changed = old.With(Built(put), old.PlacesOf(changes.Removed.Concat(renamed).Select(p => $"Q-{p}")));
        using var merged = changed.Merge(TestContext.Current.CancellationToken);
        using var other = Built(names.Skip(100).Take(60).Select((n, i) => Listed(n, $"Z-{i}", i)));

        changed.Count.ShouldBe(whole.Count);
        merged.Count.ShouldBe(whole.Count);
        changed.Places.ShouldBe(Subjects + put.Count);
        foreach (int asked in changes.Asked)
        {
            string text = asked % 2 == 0 ? names[asked].Latin : names[asked].Text;
            if (changes.Mistyped && text.Length > 4) text = text.Remove(asked % text.Length, 1);
            var question = new Question { Names = [text], Kind = SubjectKind.Person, IdNumbers = asked % 5 == 0 ? [NumberOf(asked)] : [] };
            compare(Answers(changed.Ask(question, Options)), Answers(whole.Ask(question, Options)), text);
            Answers(merged.Ask(question, Options)).ShouldBe(Answers(whole.Ask(question, Options)), text);
            compare(Answers(new MatchSet([other, changed]).Ask(question, Options)), Answers(new MatchSet([other, whole]).Ask(question, Options)), text);
        }
    }

    [Fact]
    public void A_record_that_was_replaced_counts_once_and_answers_under_its_new_name_only()
    {
        using var old = Built([Person("Q-1", "Zarquon Velthis"), Person("Q-2", "Zarquon Otherly"), Person("Q-3", "Beltran Velthis")]);
        using var changed = old.With(Built([Person("Q-1", "Zarquon Marlowe")]), old.PlacesOf(["Q-1", "Q-unknown"]));
        changed.Count.ShouldBe(3);
        changed.IsDropped(0).ShouldBeTrue();
        changed.IdOf(3).ShouldBe("Q-1");
        changed.CaptionOf(3).ShouldBe("Zarquon Marlowe");
        var hit = changed.Ask(new Question { Names = ["Zarquon Marlowe"] }, new AskOptions { MinScore = 0.5 })[0];
        (hit.SubjectId, hit.Place, hit.Index).ShouldBe(("Q-1", 3, changed));
        changed.Ask(new Question { Names = ["Zarquon Velthis"] }, new AskOptions { MinScore = 0, Limit = 10 }).Count(h => h.SubjectId == "Q-1").ShouldBeLessThanOrEqualTo(1);
        changed.Ask(new Question { Names = ["Zarquon Velthis"] }, new AskOptions { MinScore = 0, Limit = 10 }).ShouldAllBe(h => h.Place != 0);
    }

    [Fact]
    public void A_record_that_is_gone_is_found_neither_by_name_nor_by_number()
    {
        using var old = Built([Person("Q-1", "Zarquon Velthis") with { IdNumbers = ["UTO1234567"] }, Person("Q-2", "Somebody Else")]);
        using var changed = old.With(Built([]), [0, 0]);
        changed.Count.ShouldBe(1);
        changed.Ask(new Question { Names = ["Zarquon Velthis"], IdNumbers = ["UTO1234567"] }, new AskOptions { MinScore = 0 }).ShouldBeEmpty();
        old.Ask(new Question { Names = ["Zarquon Velthis"] }, new AskOptions()).ShouldHaveSingleItem().SubjectId.ShouldBe("Q-1"); // who holds the old one keeps it
    }

    /// <summary>More bearers of a name in the base than are looked at leave room for those that changed.</summary>
    [Fact]
    public void A_new_record_is_found_among_many_of_its_name()
    {
        using var old = Built(Enumerable.Range(0, 9_000).Select(i => Person($"Q-{i}", i % 2 == 0 ? "Anna Eriksson" : "Eriksson Anna Filler" + (char)('a' + (i % 26)))));
        using var changed = old.With(Built([Person("Q-new", "Anna Eriksson Zarquon")]), [5]);
        changed.Ask(new Question { Names = ["Anna Eriksson Zarquon"] }, new AskOptions())[0].SubjectId.ShouldBe("Q-new");
        changed.Ask(new Question { Names = ["Zarquon Anna"] }, new AskOptions { MinScore = 0 })[0].SubjectId.ShouldBe("Q-new");
    }

    [Fact]
    public void Changes_are_taken_once_and_saved_only_when_merged()
    {
        using var old = Built([Person("Q-1", "Zarquon Velthis")]);
        using var changed = old.With(Built([Person("Q-2", "Beltran Velthis")]), []);
        using var more = Built([]);
        Should.Throw<ArgumentException>(() => changed.With(more, []));
        Should.Throw<InvalidOperationException>(() => changed.Save("nowhere"));
        Should.Throw<ArgumentOutOfRangeException>(() => old.With(more, [1]));
    }

    private static MatchIndex Built(IEnumerable<Subject> subjects) => MatchIndex.Build(subjects, TestContext.Current.CancellationToken);

    private static Subject Person(string id, string name) => new() { Id = id, Kind = SubjectKind.Person, Names = [new(name)] };

    private static Subject Listed(InventedName name, string id, int n) => Person(id, n % 3 == 0 ? name.Latin : name.Text) with
    {
        BirthDates = [PartialDate.Of(1950 + (n % 50), 1 + (n % 12), 1)], Countries = ["ut"], Sex = n % 2 == 0 ? Sex.Female : Sex.Male, IdNumbers = [NumberOf(n)],
    };

    private static string NumberOf(int n) => $"UT{n * 7919 % 1_000_000:D7}";

    private static IEnumerable<(string Id, string Caption, double Score, double? People)> Answers(IReadOnlyList<Hit> hits) =>
        hits.Select(h => (h.SubjectId, h.Caption, Math.Round(h.Score, 9), h.Evidence is [{ PeopleInMillion: { } people }, ..] ? Math.Round(people, 9) : (double?)null));
}
