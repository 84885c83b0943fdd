using Amana.Server.Web;

namespace Amana.Server.Tests.Web;

public class MessageTests
{
    private static string Fill(string text, string language, params (string, object?)[] arguments)
    {
        Message.TryParse(text, out var message).ShouldBeTrue();
        return message.Fill(language, arguments.ToDictionary(a => a.Item1, a => a.Item2), literal => literal, value => value?.ToString() ?? "");
    }

    [Theory]
    [InlineData(0, "لا صفوف")]
    [InlineData(1, "صف واحد")]
    [InlineData(2, "صفان")]
    [InlineData(3, "3 صفوف")]
    [InlineData(11, "11 صفا")]
    [InlineData(100, "100 صف")]
    [InlineData(103, "103 صفوف")]
    [InlineData(1_000_000, "1000000 صف")]
    public void Arabic_counts_in_six_forms(int count, string expected) => Fill(
        "{count, plural, zero {لا صفوف} one {صف واحد} two {صفان} few {# صفوف} many {# صفا} other {# صف}}", "ar", ("count", count)).ShouldBe(expected);

    [Theory]
    [InlineData("en", 0, "0 rows")]
    [InlineData("en", 1, "1 row")]
    [InlineData("fr", 0, "0 row")]
    [InlineData("fr", 1, "1 row")]
    [InlineData("fr", 2, "2 rows")]
    [InlineData("es", 0, "0 rows")]
    [InlineData("es", 1, "1 row")]
    public void Nought_is_one_in_French_only(string language, int count, string expected) =>
        Fill("{count, plural, one {# row} other {# rows}}", language, ("count", count)).ShouldBe(expected);

    [Fact]
    public void An_exact_number_stands_before_its_category() =>
        Fill("{n, plural, =0 {none} one {one} other {#}}", "en", ("n", 0)).ShouldBe("none");

    [Fact]
    public void A_choice_holds_sentences_with_values() =>
        Fill("{sex, select, female {she, {name}} other {they, {name}}}", "en", ("sex", "female"), ("name", "Specimen")).ShouldBe("she, Specimen");

    [Fact]
    public void An_apostrophe_is_an_apostrophe() => Fill("S’il n'est pas là, {name}", "fr", ("name", "X")).ShouldBe("S’il n'est pas là, X");

    [Theory]
    [InlineData("{")]
    [InlineData("a } b")]
    [InlineData("{n, plural, one {row}}")]
    [InlineData("{n, plural, one {row} one {rows} other {rows}}")]
    [InlineData("{n, number}")]
    [InlineData("{n, plural, other {#}")]
    [InlineData("{}")]
    public void What_is_no_message_is_refused(string text) => Message.TryParse(text, out _).ShouldBeFalse();

    [Fact]
    public void A_message_names_its_arguments() =>
        Parsed("{span} of {count, plural, one {#} other {# in {place}}}").Arguments.ShouldBe(["count:plural", "place:value", "span:value"]);

    private static Message Parsed(string text) => Message.TryParse(text, out var message) ? message : throw new ArgumentException("no message", nameof(text));
}
