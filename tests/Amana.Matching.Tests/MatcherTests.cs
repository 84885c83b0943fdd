namespace Amana.Matching.Tests;

public sealed class MatcherTests
{
    private static double Score(string asked, string listed) =>
        Matcher.Compare(new Question { Names = [asked] }, new Subject { Id = "Q", Names = [new(listed)] }).Score;

    [Fact]
    public void The_ladder_names_every_token_of_both_sides()
    {
        var name = Matcher.Compare(new Question { Names = ["Anna Maria Eriksson"] }, new Subject { Id = "Q", Names = [new("Eriksson Ana Test")] }).Evidence[0];
        name.Field.ShouldBe("name");
        name.Tokens.Select(t => t.Asked).OfType<string>().ShouldBe(["Anna", "Maria", "Eriksson"], ignoreOrder: true);
        name.Tokens.Select(t => t.Listed).OfType<string>().ShouldBe(["Eriksson", "Ana", "Test"], ignoreOrder: true);
    }

    [Fact]
    public void A_person_is_never_a_vessel() => Matcher.Compare(
        new Question { Names = ["Anna"], Kind = SubjectKind.Person },
        new Subject { Id = "Q", Kind = SubjectKind.Vessel, Names = [new("Anna")] }).Score.ShouldBe(0);

    [Theory]
    [InlineData("朴商銀", "PARK Sang Eun")]
    [InlineData("李小龍", "Lee Siu-lung")]
    [InlineData("제임스 브라운", "James Brown")]
    [InlineData("محمد الخطيب", "Mohammed al-Khatib")]
    [InlineData("Хосров Арутюнян", "Khosrov Harutyunyan")]
    [InlineData("ยิ่งลักษณ์ ชินวัตร", "Yinglak Chinnawat")]
    [InlineData("יצחק לוי", "Yitzhak Levi")]
    public void A_name_is_met_in_another_script(string asked, string listed) => Score(asked, listed).ShouldBeGreaterThan(0.3);

    [Theory]
    [InlineData("Eriksson Anna Maria", "Anna Maria Eriksson")]
    [InlineData("SMITH, John", "John Smith")]
    public void The_same_tokens_in_another_order_reach_the_threshold(string asked, string listed) => Score(asked, listed).ShouldBeGreaterThanOrEqualTo(0.7);

    [Theory]
    [InlineData("Bill Eriksson", "William Eriksson", "nickname")]
    [InlineData("Anna Eriksson", "Ana Eriksson", "spelling")]
    [InlineData("Dr Anna Eriksson", "Dr Anna Eriksson", "title")]
    [InlineData("A. Eriksson", "Anna Eriksson", "initial")]
    [InlineData("Anna Maria Eriksson", "Annamaria Eriksson", "joined")]
    public void The_ladder_says_how_a_pair_came_about(string asked, string listed, string relation) =>
        Matcher.Compare(new Question { Names = [asked] }, new Subject { Id = "Q", Names = [new(listed)] }).Evidence[0].Tokens[0].Relation.ShouldBe(relation);

    [Fact]
    public void A_company_form_is_one_word_however_many_it_is_written_with()
    {
        var name = Matcher.Compare(
            new Question { Names = ["Utopia Werke Gesellschaft mit beschränkter Haftung"], Kind = SubjectKind.Organization },
            new Subject { Id = "Q", Kind = SubjectKind.Organization, Names = [new("Utopia Werke GmbH")] });
        name.Score.ShouldBe(1);
        var form = name.Evidence[0].Tokens[^1];
        form.Relation.ShouldBe("company-form");
        form.Asked.ShouldBe("Gesellschaft mit beschränkter Haftung");
        form.Listed.ShouldBe("GmbH");
    }

    [Fact]
    public void A_name_written_in_one_is_met_in_two_and_the_other_way_round()
    {
        Score("Abdulrahman Eriksson", "Abdul Rahman Eriksson").ShouldBeGreaterThan(0.5);
        Score("Abdul Rahman Eriksson", "Abdulrahman Eriksson").ShouldBeGreaterThan(0.5);
    }
}
