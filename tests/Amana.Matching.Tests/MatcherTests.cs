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
}
