namespace Amana.Server.Screening;

/// <summary>How strong a possible answer is, in the three steps that officers work with.</summary>
/// <remarks>Source: <c>ux.md</c> 4.2: strong 90 and up, probable 75 to 89, possible 50 to 74.</remarks>
public enum Band { Weak, Possible, Probable, Strong }

internal static class BandRules
{
    /// <summary>Lowest score that the search page shows.</summary>
    public const double ShowFrom = 0.50;

    extension(Band)
    {
        public static Band Of(double score) => Math.Floor((score * 100) + 1e-9) switch
        {
            >= 90 => Band.Strong,
            >= 75 => Band.Probable,
            >= 50 => Band.Possible,
            _ => Band.Weak,
        };
    }
}
