using Amana.Matching.Scoring;
using CsCheck;

namespace Amana.Matching.Tests.Scoring;

public class NameModelTests
{
    private static readonly Gen<float[]> Measures = Gen.Float[-12, 40].Array[(int)Feature.Count];

    public static TheoryData<string, int> Directions => new()
    {
        { nameof(Feature.Surprise), 1 }, { nameof(Feature.Matched), 1 }, { nameof(Feature.AskedShare), 1 }, { nameof(Feature.Exact), 1 },
        { nameof(Feature.Cost), -1 }, { nameof(Feature.WorstCost), -1 }, { nameof(Feature.AskedLeft), -1 }, { nameof(Feature.ListedLeft), -1 }, { nameof(Feature.Clash), -1 },
    };

    [Theory]
    [MemberData(nameof(Directions))]
    public void More_of_a_measure_pushes_only_the_way_that_it_means(string feature, int direction) =>
        Gen.Select(Measures, Gen.Float[0, 20]).Sample((measures, more) =>
        {
            var less = Of(measures);
            var greater = less;
            greater[Enum.Parse<Feature>(feature)] += more;
            double change = NameModel.Listed.LogOdds(greater) - NameModel.Listed.LogOdds(less);
            (change * direction).ShouldBeGreaterThanOrEqualTo(-1e-3);
        }, iter: 2000);

    [Fact]
    public void The_shipped_trees_tell_a_full_match_from_a_clash()
    {
        var match = new NameFeatures { [Feature.Matched] = 20, [Feature.Surprise] = 9, [Feature.Strongest] = 10, [Feature.Weakest] = 9, [Feature.Exact] = 2, [Feature.AskedShare] = 1, [Feature.ListedShare] = 1, [Feature.AskedTokens] = 2, [Feature.ListedTokens] = 2, [Feature.InOrder] = 1 };
        var clash = match;
        (clash[Feature.Matched], clash[Feature.Surprise], clash[Feature.AskedLeft], clash[Feature.ListedLeft], clash[Feature.Clash]) = (10, -1, 10, 10, 10);
        (clash[Feature.AskedShare], clash[Feature.ListedShare], clash[Feature.Exact], clash[Feature.AskedLeftTokens], clash[Feature.ListedLeftTokens]) = (0.5f, 0.5f, 1, 1, 1);
        NameModel.Listed.LogOdds(match).ShouldBeGreaterThan(2);
        NameModel.Listed.LogOdds(clash).ShouldBeLessThan(-2);
    }

    private static NameFeatures Of(float[] measures)
    {
        var features = new NameFeatures();
        for (int i = 0; i < measures.Length; i++) features[(Feature)i] = measures[i];
        return features;
    }
}
