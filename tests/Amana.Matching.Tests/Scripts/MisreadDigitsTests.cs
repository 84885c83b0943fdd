using Amana.Matching.Scripts;

namespace Amana.Matching.Tests.Scripts;

public class MisreadDigitsTests
{
    [Theory]
    [InlineData("garrid0", "garrido")]
    [InlineData("a1onso", "alonso aionso")]
    [InlineData("5harm4", "sharma")]
    [InlineData("6a1on", "balon baion galon gaion")]
    public void Digits_among_letters_are_read_as_the_letters_they_may_be(string token, string readings) => ReadingsOf(token).ShouldBe(readings.Split(' '));

    [Theory]
    [InlineData("b52")]
    [InlineData("a380")]
    [InlineData("1974")]
    public void A_number_with_a_letter_stays_one(string token) => ReadingsOf(token).ShouldBe([token]);

    [Fact]
    public void No_token_gives_more_readings_than_there_is_room_for()
    {
        var readings = new Readings();
        Romaniser.Read("abcdefghijklmnopqrstuvwxyzabcdefghijklmnopqrstuvwxyz111111111111111111111111", Script.Latn, readings);
        readings.Count.ShouldBe(Readings.CountMax);
    }

    private static string[] ReadingsOf(string token)
    {
        var readings = new Readings();
        Romaniser.Read(token, Script.Latn, readings);
        return [.. Enumerable.Range(0, readings.Count).Select(r => readings[r].ToString())];
    }
}
