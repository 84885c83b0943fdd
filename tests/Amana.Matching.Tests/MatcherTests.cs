using System.Text;
using CsCheck;

namespace Amana.Matching.Tests;

public sealed class MatcherTests
{
    private static readonly string[] Given = ["Anna", "Sven", "Mehmet", "Fatima", "Ioanna", "Kwame", "Zdravko"];
    private static readonly string[] Family = ["Eriksson", "Yilmaz", "Papadopoulou", "Mensah", "Tolstaya", "Specimen"];
    private static readonly Gen<string> Name = Gen.Select(Gen.Int[0, Given.Length - 1], Gen.Int[0, Family.Length - 1], (g, f) => Given[g] + " " + Family[f]);

    private static double Score(string asked, string listed) =>
        Matcher.Compare(new Question { Names = [asked] }, new Subject { Id = "Q", Names = [new(listed)] }).Score;

    [Fact]
    public void A_name_is_the_same_as_itself() => Name.Sample(n => Score(n, n).ShouldBe(1), iter: 60);

    [Fact]
    public void Case_width_and_unicode_form_make_no_difference() => Name.Sample(
        n =>
        {
            Score(n.ToUpperInvariant(), n).ShouldBe(1);
            Score(string.Concat(n.Select(c => c is ' ' ? c : (char)(c + 0xFEE0))), n).ShouldBe(1);
            Score("Zoë " + n, ("Zoë " + n).Normalize(NormalizationForm.FormD)).ShouldBe(1);
        },
        iter: 40);

    [Fact]
    public void Tashkeel_and_kashida_make_no_difference() => Score("مُحَمَّد الخطيب", "محـمد الخطيب").ShouldBe(1);

    [Fact]
    public void A_changed_letter_costs_something() => Gen.Select(Name, Gen.Int[0, 20], Gen.Char['a', 'z']).Sample(
        (name, at, letter) =>
        {
            char[] letters = name.ToCharArray();
            if (letters[at % letters.Length] is not ' ') letters[at % letters.Length] = letter;
            string changed = new(letters);
            if (!changed.Equals(name, StringComparison.OrdinalIgnoreCase)) Score(changed, name).ShouldBeLessThan(1);
        },
        iter: 80);

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
