using CsCheck;

namespace Amana.Matching.Tests;

public sealed class MatchIndexTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("amana-index").FullName;

    private static readonly Subject[] Specimens =
    [
        Specimen("Q-1", "Anna Maria Eriksson"), Specimen("Q-2", "Эрикссон Анна"), Specimen("Q-3", "محمد الخطيب"),
        Specimen("Q-4", "Abd el Karim Utopia"), Specimen("Q-5", "Jean-Pierre Specimen", "J. P. Specimen"),
        new() { Id = "Q-V", Kind = SubjectKind.Vessel, Names = [new("Anna Maria Eriksson")] },
    ];

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private static Subject Specimen(string id, params string[] names) =>
        new() { Id = id, Kind = SubjectKind.Person, Names = [.. names.Select(n => new SubjectName(n))], BirthDates = [PartialDate.Of(1974, 8, 12)] };

    private static MatchIndex Index(IEnumerable<Subject> subjects) => MatchIndex.Build(subjects, TestContext.Current.CancellationToken);

    private static Question Ask(string name) => new() { Names = [name], Kind = SubjectKind.Person };

    private static readonly AskOptions All = new() { MinScore = 0, Limit = 10 };

    [Theory]
    [InlineData("anna maria ERIKSSON", "Q-1")]
    [InlineData("Eriksson, Anna Maria", "Q-1")]
    [InlineData("Anna Maria Erikson", "Q-1")]
    [InlineData("Abdelkarim Utopia", "Q-4")]
    [InlineData("Mohammed al-Khatib", "Q-3")]
    public void A_name_is_found_in_other_spellings(string asked, string expected)
    {
        using var index = Index(Specimens);
        index.Ask(Ask(asked), All)[0].SubjectId.ShouldBe(expected);
    }

    /// <summary>A short token is no harder to find than to be found by.</summary>
    [Theory]
    [InlineData("tomo ebo", "tomo debo")]
    [InlineData("tomo debo", "tomo ebo")]
    public void A_letter_too_few_is_found_as_well_as_a_letter_too_many(string asked, string listed)
    {
        using var index = Index([Specimen("Q-1", listed), .. Specimens]);
        index.Ask(Ask(asked), new AskOptions())[0].SubjectId.ShouldBe("Q-1");
    }

    [Fact]
    public void A_person_is_never_an_answer_to_a_question_about_a_vessel()
    {
        using var index = Index(Specimens);
        var hits = index.Ask(new Question { Names = ["Anna Maria Eriksson"], Kind = SubjectKind.Vessel }, All);
        hits.ShouldAllBe(h => h.SubjectId == "Q-V");
        hits.ShouldNotBeEmpty();
    }

    [Fact]
    public void A_different_birth_year_pulls_a_score_down_and_the_same_one_alone_does_not_lift_it()
    {
        using var index = Index(Specimens);
        double plain = index.Ask(Ask("Anna Eriksson"), All)[0].Score;
        double same = index.Ask(Ask("Anna Eriksson") with { BirthDates = [PartialDate.Of(1974, 8, 12)] }, All)[0].Score;
        double other = index.Ask(Ask("Anna Eriksson") with { BirthDates = [PartialDate.Of(1950, 1, 2)] }, All)[0].Score;
        same.ShouldBe(plain);
        other.ShouldBeLessThan(plain);
    }

    [Fact]
    public void A_saved_index_gives_the_same_hits_as_the_one_it_was_saved_from()
    {
        string path = Path.Combine(_folder, "saved.amana");
        using var built = Index(Specimens);
        built.Save(path);
        using var opened = MatchIndex.Open(path);
        foreach (string name in (string[])["Anna Eriksson", "محمد الخطيب", "J Specimen"])
            opened.Ask(Ask(name), All).Select(h => (h.SubjectId, h.Caption, h.Score)).ShouldBe(built.Ask(Ask(name), All).Select(h => (h.SubjectId, h.Caption, h.Score)));
    }

    [Theory]
    [InlineData(0, IndexFileException.NotAnIndex)]
    [InlineData(8, IndexFileException.OtherVersion)]
    [InlineData(2000, IndexFileException.Damaged)]
    public void A_file_with_one_changed_byte_is_refused(int at, string code)
    {
        string path = Path.Combine(_folder, "damaged.amana");
        using (var built = Index(Specimens)) built.Save(path);
        byte[] bytes = File.ReadAllBytes(path);
        bytes[at] ^= 0x40;
        File.WriteAllBytes(path, bytes);
        Should.Throw<IndexFileException>(() => MatchIndex.Open(path)).Code.ShouldBe(code);
    }

    [Fact]
    public void A_file_that_breaks_off_is_refused()
    {
        string path = Path.Combine(_folder, "short.amana");
        using (var built = Index(Specimens)) built.Save(path);
        File.WriteAllBytes(path, File.ReadAllBytes(path)[..^100]);
        Should.Throw<IndexFileException>(() => MatchIndex.Open(path)).Code.ShouldBe(IndexFileException.Damaged);
    }

    [Fact]
    public void Hostile_names_are_answered_and_never_throw()
    {
        using var index = Index([.. Specimens, Specimen("Q-long", new string('x', 100_000)), Specimen("Q-empty", "")]);
        string[] names = ["", " ", "\0", "\uD800", "al al al", "\u202Eanna\u202C", new string('a', 100_000), string.Join(' ', Enumerable.Repeat("anna", 500)), "....", "٠١٢"];
        foreach (string name in names) Should.NotThrow(() => index.Ask(Ask(name), All));
        Should.NotThrow(() => index.Ask(new Question { Names = [.. Enumerable.Range(0, 1000).Select(i => $"name {i}")] }, All));
        Gen.String.Sample(text => index.Ask(Ask(text), All).ShouldAllBe(h => h.Score >= 0 && h.Score <= 1), iter: 500);
    }

    [Fact]
    public void An_empty_index_answers_nothing()
    {
        using var index = Index([]);
        index.Ask(Ask("Anna"), All).ShouldBeEmpty();
    }

    [Fact]
    public void A_disposed_index_refuses_questions()
    {
        var index = Index(Specimens);
        index.Dispose();
        Should.Throw<ObjectDisposedException>(() => index.Ask(Ask("Anna"), All));
    }

    [Fact]
    public void Several_indexes_answer_as_one_best_first()
    {
        using var first = Index(Specimens[..3]);
        using var second = Index(Specimens[3..]);
        var hits = new MatchSet([first, second]).Ask(Ask("Abdelkarim Utopia"), All);
        hits[0].SubjectId.ShouldBe("Q-4");
        hits.Select(h => h.Score).ShouldBeInOrder(SortDirection.Descending);
    }

    [Fact]
    public void A_question_of_several_names_finds_what_each_of_them_finds()
    {
        using var index = Index([.. Specimens, .. Enumerable.Range(0, 400).Select(i => Specimen($"Q-F{i}", $"Filler{(char)('a' + (i % 26))}o Utopian{i}"))]);
        string[] names = ["Abdelkarim Utopia", "Mohammed al-Khatib", "Anna Maria Eriksson"];
        var together = index.Ask(new Question { Names = names, Kind = SubjectKind.Person }, All).ToDictionary(h => h.SubjectId, h => h.Score);
        foreach (string name in names)
        {
            var alone = index.Ask(Ask(name), All)[0];
            together.ShouldContainKey(alone.SubjectId);
            together[alone.SubjectId].ShouldBeGreaterThanOrEqualTo(alone.Score);
        }
        together.Count.ShouldBe(together.Keys.Distinct().Count());
    }

    [Fact]
    public void A_document_number_that_agrees_hides_nobody_whom_the_name_finds()
    {
        using var index = Index([.. Specimens, new() { Id = "Q-N", Kind = SubjectKind.Person, Names = [new("Quite Another")], IdNumbers = ["UTO 1234567"] }]);
        var ids = index.Ask(Ask("Anna Maria Eriksson") with { IdNumbers = ["UTO1234567"] }, All).Select(h => h.SubjectId).ToArray();
        ids.ShouldContain("Q-N");
        ids.ShouldContain("Q-1");
    }

    [Fact]
    public void A_birth_date_picks_the_one_of_many_who_bear_the_same_name()
    {
        var same = Enumerable.Range(0, 300).Select(i => new Subject
        {
            Id = $"Q-S{i}", Kind = SubjectKind.Person, Names = [new("Anna Eriksson")], BirthDates = [PartialDate.Of(1900 + (i % 60), 1 + (i % 12), 1 + (i % 28))],
        });
        using var index = Index([.. same, new() { Id = "Q-T", Kind = SubjectKind.Person, Names = [new("Anna Eriksson")], BirthDates = [PartialDate.Of(1974, 8, 12)] }]);
        index.Ask(Ask("Anna Eriksson") with { BirthDates = [PartialDate.Of(1974, 8, 12)] }, All)[0].SubjectId.ShouldBe("Q-T");
    }
}
