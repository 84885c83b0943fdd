using Amana.Matching.Fields;

namespace Amana.Matching.Tests;

public class MeetingKeysTests
{
    private static readonly PartialDate Born = PartialDate.Of(1974, 8, 12);

    private static IReadOnlyList<string> Of(string name, PartialDate? born = null) => MeetingKeys.Of([name], [born ?? Born], []);

    [Theory]
    [InlineData("محمد الخطيب", "Mohammed al-Khatib")]
    [InlineData("محمد الخطيب", "Muhamad Al Khateeb")]
    [InlineData("Anna Maria Eriksson", "Eriksson, Anna")]
    [InlineData("Юлия Волкова", "Yulia Volkova")]
    [InlineData("Dr. José Pérez García", "Jose Garcia")]
    [InlineData("Γιώργος Παπαδόπουλος", "Giorgos Papadopoulos")]
    [InlineData("Madonna", "MADONNA")]
    public void Spellings_of_one_name_with_one_birth_date_meet(string one, string other) => Of(one).Intersect(Of(other)).ShouldNotBeEmpty();

    [Theory]
    [InlineData("Anna Eriksson", "Karl Lindberg")]
    [InlineData("محمد الخطيب", "Mohammed Salih")]
    [InlineData("Anna", "Anna Eriksson")]
    public void Other_names_do_not(string one, string other) => Of(one).Intersect(Of(other)).ShouldBeEmpty();

    [Fact]
    public void Another_day_does_not_meet_and_part_of_a_date_says_nothing()
    {
        Of("Anna Eriksson").Intersect(Of("Anna Eriksson", PartialDate.Of(1974, 8, 13))).ShouldBeEmpty();
        Of("Anna Eriksson", PartialDate.Of(1974, 8)).ShouldBeEmpty();
        Of("Anna Eriksson", PartialDate.Of(1974, 8, 12, about: true)).ShouldBeEmpty();
        MeetingKeys.Of(["Anna Eriksson"], [], []).ShouldBeEmpty();
    }

    [Fact]
    public void A_document_meets_by_number_and_issuer_though_letters_look_alike()
    {
        IReadOnlyList<string> Doc(string number, string? issuer) => MeetingKeys.Of([], [], [(DocumentNumber.Parse(number, null), issuer)]);
        Doc("L898902C3", "UTO").ShouldBe(Doc("l 898902 c3", "UTO"));
        Doc("L8989O2C3", "UTO").ShouldBe(Doc("L898902C3", "UTO"));
        Doc("L898902C3", "UTO").ShouldNotBe(Doc("L898902C3", "QST"));
        Doc("L898902C3", null).ShouldNotBe(Doc("L898902C3", "QST"));
        Doc("L898902C3", "UTO").Count.ShouldBe(1);
        Doc("12", "UTO").ShouldBeEmpty("many have such a number");
    }

    [Fact]
    public void However_much_is_said_there_are_few_keys_and_odd_names_do_no_harm()
    {
        MeetingKeys.Of(Enumerable.Range(0, 30).Select(i => $"Anna{i} Berta Carla Dora Emma Frieda Gustava Hanna"), [Born, PartialDate.Of(1980, 1, 1)], []).Count.ShouldBe(MeetingKeys.Most);
        foreach (string odd in (string[])["", " ", "?!", "\u0000", "\uD800", "😀", new string('x', 5_000), "aeiou", "de la"]) Of(odd).Count.ShouldBeLessThanOrEqualTo(MeetingKeys.Most);
    }
}
