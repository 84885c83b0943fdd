using Amana.Server.Web.Components;

namespace Amana.Server.Tests.Web;

public class NamesOnPagesTests
{
    [Theory]
    [InlineData("مثال بن عيّنة", "ar")]
    [InlineData("Ким 金", "ru")]
    [InlineData("样本", "zh")]
    [InlineData("みほん 例", "ja")]
    [InlineData("견본", "ko")]
    [InlineData("SPECIMEN", null)]
    [InlineData("", null)]
    public void A_name_carries_the_language_of_its_script(string name, string? expected) => ScriptText.LanguageOf(name).ShouldBe(expected);

    [Fact]
    public void A_character_that_turns_the_direction_is_shown_and_does_not_act()
    {
        string html = ScriptText.Visible("AB\u202EDC", "hidden").Value;
        html.ShouldContain("U+202E");
        html.ShouldNotContain("\u202E");
    }

    [Fact]
    public void A_name_with_markup_is_text() => ScriptText.Visible("<script>", "").Value.ShouldBe("&lt;script&gt;");

    [Fact]
    public void A_joiner_that_Persian_needs_stays() => ScriptText.Visible("می\u200Cخواهم", "").Value.ShouldNotContain("U+200C");

    [Fact]
    public void Capitals_are_no_difference() => Letters.Compared("same", "SAME").Left.Value.ShouldBe("same");

    [Fact]
    public void Only_the_letters_without_a_partner_are_marked()
    {
        var (left, right) = Letters.Compared("ennamoudaji", "alnamudhaji");
        left.Value.ShouldBe("<mark>en</mark>nam<mark>o</mark>udaji");
        right.Value.ShouldBe("<mark>al</mark>namud<mark>h</mark>aji");
    }
}
