namespace Amana.Matching.Tests.Scoring;

public class RoughCountTests
{
    [Theory]
    [InlineData(0.0004, 0)]
    [InlineData(0.99, 0)]
    [InlineData(1, 1)]
    [InlineData(7.6, 8)]
    [InlineData(61, 60)]
    [InlineData(99.9, 100)]
    [InlineData(522, 520)]
    [InlineData(2339, 2300)]
    [InlineData(28_412, 28_000)]
    public void One_digit_below_a_hundred_and_two_above(double people, long shown) => RoughCount.Of(people).ShouldBe(shown);
}
