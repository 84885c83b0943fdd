namespace Amana.Matching;

/// <summary>An estimated number of people as it is shown: one digit says enough, two from a hundred on.</summary>
public static class RoughCount
{
    private const double TwoDigitsFrom = 100;

    /// <returns>0: fewer than one.</returns>
    public static long Of(double people)
    {
        if (people < 1) return 0;
        double step = Math.Pow(10, Math.Floor(Math.Log10(people)) - (people < TwoDigitsFrom ? 0 : 1));
        return (long)(Math.Round(people / step) * step);
    }
}
