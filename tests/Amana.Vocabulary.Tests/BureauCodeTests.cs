namespace Amana.Vocabulary.Tests;

public class BureauCodeTests
{
    [Theory]
    [InlineData("UTO")]
    [InlineData("GS")]
    [InlineData("AFPOL")]
    public void A_code_of_two_to_six_capitals_is_read_as_it_is(string text)
    {
        BureauCode.TryParse(text, null, out var code).ShouldBeTrue();
        code.ToString().ShouldBe(text);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("U")]
    [InlineData("uto")]
    [InlineData("UT1")]
    [InlineData("ÜTO")]
    [InlineData("TOOLONG")]
    public void Anything_else_is_no_code(string? text) => BureauCode.TryParse(text, null, out _).ShouldBeFalse();
}
