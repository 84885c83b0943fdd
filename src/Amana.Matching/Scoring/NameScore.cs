namespace Amana.Matching.Scoring;

/// <summary>From an alignment to a score between 0 and 1.</summary>
internal static class NameScore
{
    /// <summary>A name that the list itself calls weak gives this share of the score.</summary>
    public const double WeakShare = 0.93;

    /// <param name="isPair">There is no list, only two names.</param>
    public static double Of(in NameFeatures f, bool isPair)
    {
        if (f[Feature.Matched] <= 0) return 0;
        if (f.IsSame && isPair) return 1;
        double score = 1 / (1 + Math.Exp(-NameModel.Shipped.LogOdds(f)));
        return f.IsSame ? Math.Max(score, 0.9 + 0.1 * score) : Math.Min(score, 0.999);
    }
}
