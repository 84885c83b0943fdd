using Amana.Server.Web;
using Amana.Server.Web.Components;

namespace Amana.Server.Tests.Web;

public class FormatsTests
{
    private static Formats In(string code) => new(Languages.Find(code)!);

    [Theory]
    [InlineData("en", "48,210")]
    [InlineData("ar", "48,210")]
    [InlineData("fr", "48\u202F210")]
    [InlineData("es", "48.210")]
    public void Numbers_group_as_the_language_groups_them_in_Latin_digits(string code, string expected) => In(code).Number(48210).ShouldBe(expected);

    [Theory]
    [InlineData("en", "23 Nov 2026, 14:07 UTC")]
    [InlineData("fr", "23 nov. 2026, 14:07 UTC")]
    [InlineData("es", "23 nov 2026, 14:07 UTC")]
    [InlineData("ar", "23 نوفمبر 2026، \u206614:07 UTC\u2069")]
    public void An_instant_is_said_in_UTC_with_the_month_in_letters(string code, string expected) =>
        In(code).Instant(new DateTimeOffset(2026, 11, 23, 15, 7, 30, TimeSpan.FromHours(1))).ShouldBe(expected);

    [Theory]
    [InlineData("1974", "1974")]
    [InlineData("1974-08", "Aug 1974")]
    [InlineData("1974-08-12", "12 Aug 1974")]
    [InlineData("1974-08-12, 1975", "12 Aug 1974, 1975")]
    [InlineData("unknown", "unknown")]
    [InlineData("", "")]
    public void A_date_shows_the_parts_that_are_known(string stored, string expected) => DateText.Of(stored, In("en")).ShouldBe(expected);

    [Theory]
    [InlineData(0.899999, 89)]
    [InlineData(0.9, 90)]
    [InlineData(0.29, 29)]
    [InlineData(1, 100)]
    [InlineData(1.2, 100)]
    [InlineData(-1, 0)]
    public void A_score_is_cut_and_never_rounded_up(double score, int expected) => Formats.Score(score).ShouldBe(expected);

    [Theory]
    [InlineData(0.90, ScoreBand.Strong)]
    [InlineData(0.8999, ScoreBand.Probable)]
    [InlineData(0.75, ScoreBand.Probable)]
    [InlineData(0.7499, ScoreBand.Possible)]
    public void A_band_begins_at_its_score(double score, ScoreBand expected) => ScoreBands.Of(score).ShouldBe(expected);

    [Theory]
    [InlineData(26, "26 min")]
    [InlineData(75, "1 h 15")]
    [InlineData(120, "2 h")]
    [InlineData(4320, "3 days")]
    public void A_span_is_said_in_its_two_largest_units(int minutes, string expected) => In("en").Duration(TimeSpan.FromMinutes(minutes)).Replace("\u2068", "", StringComparison.Ordinal).ShouldBe(expected);
}
