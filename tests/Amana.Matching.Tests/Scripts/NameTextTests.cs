using System.Text;
using Amana.Matching.Scripts;

namespace Amana.Matching.Tests.Scripts;

public class NameTextTests
{
    [Theory]
    [InlineData("O’Brien, Seán", "obrien sean")]
    [InlineData("Müller-Lüdenscheidt", "muller ludenscheidt")]
    [InlineData("مُحَمَّد عبـــدالله", "محمد عبدالله")]
    [InlineData("ＡＮＮＡ", "anna")]
    [InlineData("Rоbеrt", "robert")]
    [InlineData("김지영", "김 지영")]
    [InlineData("張偉", "张 伟")]
    [InlineData("\u202EAnna\u202C", "anna")]
    [InlineData("", "")]
    public void A_name_is_folded(string raw, string expected)
    {
        var text = new NameText();
        text.Read(raw);
        text.Folded.ToString().ShouldBe(expected);
    }

    [Fact]
    public void An_unpaired_surrogate_is_dropped() => NameText.FoldedOf("An" + '\uD800' + "na e" + '\u0301' + '\uDC00' + "x").ShouldBe("anna ex");

    [Theory]
    [InlineData("Ґалина Їжакевич")]
    [InlineData("İbrahim Çelik")]
    [InlineData("محمّد أحمد")]
    [InlineData("ガンダム")]
    [InlineData("한국인")]
    public void The_Unicode_form_makes_no_difference(string raw)
    {
        string expected = NameText.FoldedOf(raw);
        foreach (var form in new[] { NormalizationForm.FormC, NormalizationForm.FormD, NormalizationForm.FormKC, NormalizationForm.FormKD })
            NameText.FoldedOf(raw.Normalize(form)).ShouldBe(expected);
    }

    [Theory]
    [InlineData("דוד", "david")]
    [InlineData("محمد", "muhammad")]
    [InlineData("Владимир", "vladimir")]
    [InlineData("김", "kim")]
    [InlineData("王", "wong")]
    [InlineData("ジョン", "john")]
    [InlineData("Γιώργος", "giorgos")]
    [InlineData("ნინო", "nino")]
    public void A_token_and_its_Latin_spelling_share_a_key_and_cost_little(string native, string latin)
    {
        string folded = NameText.FoldedOf(native);
        var cost = new TokenCost();
        cost.Prepare(folded, ScriptRules.Of(folded[0]));
        Span<ulong> mine = stackalloc ulong[Skeleton.KeysMax], theirs = stackalloc ulong[Skeleton.KeysMax];
        int a = Skeleton.Keys(cost.Readings, mine), b = Skeleton.KeysOf(latin, theirs);
        mine[..a].IndexOfAny(theirs[..b]).ShouldBeGreaterThanOrEqualTo(0);
        cost.To(latin, Script.Latn, 40).ShouldBeLessThan(cost.To("xenophon", Script.Latn, 40));
    }

    [Fact]
    public void Every_table_is_read()
    {
        for (int i = 0; i < ScriptRules.Count; i++) _ = LetterCosts.For((Script)i);
        NameTables.CompanyForm("ltd").ShouldBe(NameTables.CompanyForm("gmbh"));
        NameTables.CompanyForm("vessel").ShouldBe(0);
        NameTables.AreGivenNameForms("bill", "william").ShouldBeTrue();
        NameTables.AreGivenNameForms("bill", "peter").ShouldBeFalse();
        NameTables.TitleWeight("dr").ShouldBe(0);
        NameTables.Rarity("mohamed").ShouldBeLessThan(NameTables.Rarity("tolimir"));
    }
}
