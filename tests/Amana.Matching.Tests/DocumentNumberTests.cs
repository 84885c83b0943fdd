namespace Amana.Matching.Tests;

/// <summary>What a document number does to an answer, when it stands alone and beside a name.</summary>
public class DocumentNumberTests
{
    private static readonly Subject Anna = new()
    {
        Id = "Q-1", Kind = SubjectKind.Person, Names = [new("Anna Maria Eriksson")], BirthDates = [PartialDate.Of(1974, 8, 12)], Sex = Sex.Female, IdNumbers = ["L898902C3"],
    };

    [Theory]
    [InlineData("L898902C3", "id-number.same")]
    [InlineData("l-898 902 c3", "id-number.same")]
    [InlineData("L8989O2C3", "id-number.same-but-lookalikes")]
    [InlineData("L898902C36", "id-number.same-but-check-digit")]
    public void A_number_alone_finds_its_bearer(string number, string reason)
    {
        var hit = Ask(Anna, new Question { Names = [], IdNumbers = [number] }).ShouldHaveSingleItem();
        hit.Score.ShouldBeGreaterThanOrEqualTo(0.7);
        hit.Evidence.Single(e => e.Field == "idNumber").Reason.ShouldBe(reason);
    }

    [Fact]
    public void A_check_digit_that_only_the_record_has_is_left_out_too() =>
        Ask(Anna with { IdNumbers = ["L898902C36"] }, new Question { Names = [], IdNumbers = ["L898902C3"] }).ShouldHaveSingleItem().Score.ShouldBeGreaterThanOrEqualTo(0.7);

    [Theory]
    [InlineData("L898903C3")]
    [InlineData("C3")]
    public void Another_number_and_a_piece_of_one_find_nobody(string number) => Ask(Anna, new Question { Names = [], IdNumbers = [number] }).ShouldBeEmpty();

    [Fact]
    public void A_number_read_alike_counts_less_than_the_same_and_yields_to_another_birth_date_and_sex()
    {
        var other = new Question { Names = ["Quite Another"], IdNumbers = ["L8989O2C3"] };
        double alike = Ask(Anna, other).Single().Score;
        alike.ShouldBeLessThan(Ask(Anna, other with { IdNumbers = ["L898902C3"] }).Single().Score);
        Ask(Anna, other with { BirthDates = [PartialDate.Of(1951, 1, 3)], Sex = Sex.Male }).ShouldBeEmpty();
    }

    [Fact]
    public void One_wrong_character_supports_a_little_and_another_number_speaks_against()
    {
        var question = new Question { Names = ["Ana Erikson"] };
        double without = Ask(Anna, question).Single().Score;
        Ask(Anna, question with { IdNumbers = ["L898920C3"] }).Single().Score.ShouldBeGreaterThan(without);
        Ask(Anna, question with { IdNumbers = ["X1111111"] }).Single().Score.ShouldBeLessThan(without);
    }

    private static IReadOnlyList<Hit> Ask(Subject subject, Question question)
    {
        using var index = MatchIndex.Build([subject, new Subject { Id = "Q-2", Kind = SubjectKind.Person, Names = [new("Somebody Else")] }]);
        return index.Ask(question, new AskOptions { MinScore = 0.05 });
    }
}
