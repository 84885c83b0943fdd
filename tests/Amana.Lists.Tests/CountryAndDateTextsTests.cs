using Amana.Matching;

namespace Amana.Lists.Tests;

public sealed class CountryAndDateTextsTests
{
    [Theory]
    [InlineData("Iran (Islamic Republic of)", "ir")]
    [InlineData("Korea, North", "kp")]
    [InlineData("Bosnia and Herzegovina", "ba")]
    [InlineData("Saint Kitts and Nevis", "kn")]
    [InlineData("FR", "fr")]
    [InlineData("un", "un")]
    [InlineData("eu", "eu")]
    [InlineData("ge-ab", "ge-ab")]
    [InlineData("possibly Palestinian", "ps")]
    [InlineData("Syria; Lebanon", "sy lb")]
    [InlineData("na", "")]
    [InlineData("Unknown", "")]
    public void Countries_are_read_as_lists_write_them(string text, string codes)
    {
        var read = new List<string>();
        new CountryTexts().TryRead(text, read).ShouldBeTrue();
        string.Join(' ', read).ShouldBe(codes);
    }

    [Theory]
    [InlineData("Atlantis")]
    [InlineData("Syria; Atlantis")]
    [InlineData(";")]
    public void A_text_with_something_that_is_no_country_is_said_to_be_so(string text) =>
        new CountryTexts().TryRead(text, []).ShouldBeFalse();

    [Theory]
    [InlineData("12 Aug 1974", "1974-08-12")]
    [InlineData("Aug 1974", "1974-08")]
    [InlineData("1974/08/12", "1974-08-12")]
    [InlineData("1980/00/00", "1980")]
    [InlineData("1980-05-00", "1980-05")]
    [InlineData("1974-08-12T00:00:00", "1974-08-12")]
    [InlineData("circa 1957", "~1957")]
    [InlineData("circa 1979-1982", "~1979 ~1980 ~1981 ~1982")]
    [InlineData("01 Jan 1961 to 31 Dec 1962", "1961 1962")]
    [InlineData("Mar 1962 to Feb 1963", "1962 1963")]
    [InlineData("1970 to 1991", "~1970 ~1991")]
    [InlineData("1970-1991", "~1970 ~1991")]
    [InlineData("02 Jan 1950 to 31 Dec 1990", "~1950 ~1990")]
    [InlineData("15 Ramadan 1394 AH", "1974-10-01")]
    [InlineData("between 1971 and 1973", "1971 1972 1973")]
    public void Dates_are_read_as_lists_write_them(string text, string dates)
    {
        var read = new List<PartialDate>();
        DateTexts.TryRead(text, about: false, read).ShouldBeTrue();
        string.Join(' ', read.Select(d => (d.IsAbout ? "~" : "") + DateTexts.Iso(d))).ShouldBe(dates);
    }

    [Theory]
    [InlineData("31.02.1980")]
    [InlineData("1980-02-30")]
    [InlineData("1975 to 1970")]
    [InlineData("born in spring")]
    [InlineData("00 to 00")]
    public void What_is_no_date_is_said_to_be_so(string text) => DateTexts.TryRead(text, about: false, []).ShouldBeFalse();
}
