namespace Amana.Matching.Scoring;

/// <summary>From an alignment to a score between 0 and 1.</summary>
internal static class NameScore
{
    /// <summary>A name that the list itself calls weak gives this share of the score.</summary>
    public const double WeakShare = 0.93;

    /// <summary>The same tokens, in whatever order, are always shown, however common: the usual threshold.</summary>
    private const double SameFloor = 0.7;

    /// <param name="isPair">There is no list, only two names.</param>
    public static double Of(in NameFeatures f, bool isPair)
    {
        if (f[Feature.Matched] <= 0) return 0;
        if (f.IsSame && isPair && f[Feature.InOrder] == 1) return 1;
        double score = 1 / (1 + Math.Exp(-(isPair ? NameModel.Pair : NameModel.Listed).LogOdds(f)));
        return f.IsSame ? Math.Max(score, SameFloor) : score;
    }
}
