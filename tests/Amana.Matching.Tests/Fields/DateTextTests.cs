using Amana.Matching.Fields;

namespace Amana.Matching.Tests.Fields;

public class DateTextTests
{
    [Theory]
    [InlineData("1974-08-12", "1974-08-12")]
    [InlineData("12 aug 1974", "1974-08-12")]
    [InlineData("August 12, 1974", "1974-08-12")]
    [InlineData("12/08/1974", "1974-08-12")]
    [InlineData("08/25/1974", "1974-08-25")]
    [InlineData("19740812", "1974-08-12")]
    [InlineData("Aug 1974", "1974-08")]
    [InlineData("1974", "1974")]
    [InlineData("1974-00-00", "1974")]
    [InlineData("circa 1974", "~1974")]
    [InlineData("12 août 1974", "1974-08-12")]
    [InlineData("12 de agosto de 1974", "1974-08-12")]
    [InlineData("١٢ أغسطس ١٩٧٤", "1974-08-12")]
    [InlineData("1 Muharram 1445 AH", "2023-07-19")]
    [InlineData("1 Farvardin 1403", "2024-03-20")]
    public void A_date_is_read_as_it_is_written(string text, string expected)
    {
        PartialDate.TryParse(text, out var date).ShouldBeTrue();
        date.ToString().ShouldBe(expected);
    }

    [Theory]
    [InlineData("31.02.1980", "date.no-such-day")]
    [InlineData("1980-13-01", "date.no-such-month")]
    [InlineData("12/08/74", "date.year-needs-four-digits")]
    [InlineData("", "date.empty")]
    [InlineData("yesterday", "date.not-read")]
    [InlineData("1900-1974", "date.range-too-wide")]
    [InlineData("1976-1974", "date.range-backwards")]
    public void What_cannot_be_is_refused_with_its_reason(string text, string code)
    {
        PartialDate.Read(text, out var refusal).ShouldBeEmpty();
        refusal!.Code.ShouldBe(code);
    }

    [Fact]
    public void A_range_is_every_year_in_it() =>
        PartialDate.Read("between 1974 and 1976", out _).Select(d => d.Year).ShouldBe([1974, 1975, 1976]);

    [Theory]
    [InlineData("1974-08-12", "1974-08-12", "date.same")]
    [InlineData("1974-08-12", "1974-12-08", "date.day-and-month-swapped")]
    [InlineData("1974-08-12", "1974", "date.same-year")]
    [InlineData("1974-08-12", "1947-08-12", "date.year-differs")]
    [InlineData("1974-08-12", "1974-08-13", "date.one-digit-off")]
    public void Two_dates_agree_symmetrically(string a, string b, string code)
    {
        var (x, y) = (PartialDate.Parse(a, null), PartialDate.Parse(b, null));
        DateAgreements.Compare(x, y).Code.ShouldBe(code);
        DateAgreements.Compare(y, x).Code.ShouldBe(code);
    }
}
