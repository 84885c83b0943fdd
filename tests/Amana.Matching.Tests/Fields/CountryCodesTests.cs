using Amana.Matching.Fields;

namespace Amana.Matching.Tests.Fields;

public class CountryCodesTests
{
    [Theory]
    [InlineData("fr", "fr")]
    [InlineData("FRA", "fr")]
    [InlineData("250", "fr")]
    [InlineData("France", "fr")]
    [InlineData("  FRANCE ", "fr")]
    [InlineData("Frankreich", "fr")]
    [InlineData("فرنسا", "fr")]
    [InlineData("Iran (Islamic Republic of)", "ir")]
    [InlineData("Korea, North", "kp")]
    [InlineData("Cote d’Ivoire", "ci")]
    [InlineData("Türkiye", "tr")]
    [InlineData("Россия", "ru")]
    [InlineData("USSR", "su")]
    [InlineData("D", "de")]
    [InlineData("UTO", "uto")]
    [InlineData("QMR", "qmr")]
    public void A_country_is_known_by_its_codes_and_names(string text, string code)
    {
        CountryCodes.TryParse(text, out string read).ShouldBeTrue();
        read.ShouldBe(code);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("zz")]
    [InlineData("Atlantis")]
    [InlineData("\ud800")]
    [InlineData("000")]
    public void What_names_no_country_is_refused(string? text) => CountryCodes.TryParse(text, out _).ShouldBeFalse();

    [Fact]
    public void A_text_of_a_hundred_thousand_letters_is_no_country() => CountryCodes.TryParse(new string('a', 100_000), out _).ShouldBeFalse();
}
