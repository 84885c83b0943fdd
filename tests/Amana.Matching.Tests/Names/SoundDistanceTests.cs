using Amana.Matching.Names;
using Amana.Matching.Scripts;
using CsCheck;

namespace Amana.Matching.Tests.Names;

public class SoundDistanceTests
{
    private static readonly Gen<string> Token = Gen.Char['a', 'z'].Array[1, 16].Select(letters => new string(letters));

    [Fact]
    public void Many_at_once_cost_what_each_costs_alone() =>
        Gen.Select(Token, Token.Array[1, 70]).Sample((asked, others) =>
        {
            byte[] together = Costs(asked, others);
            for (int i = 0; i < others.Length; i++) together[i].ShouldBe(Plain(asked, others[i]), $"{asked} {others[i]}");
        }, iter: 300);

    [Fact]
    public void A_cost_is_the_same_both_ways_and_nothing_for_the_same_sounds() =>
        Gen.Select(Token, Token).Sample((a, b) =>
        {
            Costs(a, [b])[0].ShouldBe(Costs(b, [a])[0]);
            Costs(a, [a])[0].ShouldBe((byte)0);
        }, iter: 500);

    [Theory]
    [InlineData("yusuf", "youssouf")]
    [InlineData("sharif", "cherif")]
    [InlineData("khalid", "halid")]
    [InlineData("philip", "filip")]
    [InlineData("mueller", "muller")]
    public void Usual_spellings_of_one_name_are_nearer_than_a_slip_of_the_hand(string a, string b) =>
        ((int)Costs(a, [b])[0]).ShouldBeLessThan(SoundCosts.Slip);

    [Fact]
    public void A_token_with_a_digit_has_no_sounds() => Sounds.Of("sech1n", Script.Latn).Length.ShouldBe((byte)0);

    private static byte[] Costs(string asked, string[] others)
    {
        SoundCodes[] codes = [.. others.Select(o => Sounds.Of(o, Script.Latn))];
        byte[] costs = new byte[others.Length];
        new SoundDistance().Compare([Sounds.Of(asked, Script.Latn)], [0], codes, SoundCosts.Written, costs);
        return costs;
    }

    /// <summary>The same rule written plainly, one cell after another.</summary>
    private static byte Plain(string asked, string listed)
    {
        var a = Sounds.Of(asked, Script.Latn);
        var b = Sounds.Of(listed, Script.Latn);
        var prices = SoundCosts.Written;
        int[,] cost = new int[a.Length + 1, b.Length + 1];
        for (int i = 0; i <= a.Length; i++)
            for (int j = 0; j <= b.Length; j++)
            {
                if (i + j == 0) continue;
                int least = 255;
                if (i > 0) least = Math.Min(least, cost[i - 1, j] + prices.Drop[a[i - 1]] + (i == 1 ? SoundCosts.FirstExtra : 0));
                if (j > 0) least = Math.Min(least, cost[i, j - 1] + prices.Drop[b[j - 1]] + (j == 1 ? SoundCosts.FirstExtra : 0));
                if (i > 0 && j > 0)
                {
                    int replace = prices.Replace(a[i - 1])[b[j - 1]];
                    if (replace > 0 && (i == 1 || j == 1)) replace += SoundCosts.FirstExtra;
                    least = Math.Min(least, cost[i - 1, j - 1] + replace);
                }
                if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1]) least = Math.Min(least, cost[i - 2, j - 2] + SoundCosts.Swapped);
                cost[i, j] = Math.Min(least, 255);
            }
        return (byte)cost[a.Length, b.Length];
    }
}
