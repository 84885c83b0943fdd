using System.Numerics;
using Amana.Matching.Asking;
using Amana.Matching.Index;

namespace Amana.Matching.Scoring;

/// <summary>What an alignment says, in nats.</summary>
internal struct NameFeatures
{
    public float Matched, Cost, AskedLeft, ListedLeft;
    public int Tokens, Exact, AskedTokens, ListedTokens;
    public bool InOrder, IsSame;
    /// <summary>There is no list, only two names.</summary>
    public bool IsPair;
}

/// <summary>From an alignment to a score between 0 and 1.</summary>
internal static class NameScore
{
    /// <summary>A name that the list itself calls weak gives this share of the score.</summary>
    public const double WeakShare = 0.93;

    public static NameFeatures FeaturesOf(PackedIndex index, Asked asked, AskedName name, ReadOnlySpan<int> listed, Alignment alignment)
    {
        var f = new NameFeatures { AskedTokens = name.TokenCount, ListedTokens = listed.Length, InOrder = true, IsPair = asked.Population <= 1 };
        uint before = 0;
        foreach (ref readonly var rung in alignment.Rungs)
        {
            f.Matched += rung.Evidence;
            f.Cost += rung.Cost;
            f.Tokens += BitOperations.PopCount(rung.Asked);
            if (rung.IsExact) f.Exact++;
        }
        for (int i = 0; i < name.TokenCount; i++)
            if ((alignment.AskedMatched & (1u << i)) == 0) f.AskedLeft += asked.Unit(name.Tokens[i].Unit).Weight;
        for (int at = 0; at < listed.Length && at < 32; at++)
            if ((alignment.ListedMatched & (1u << at)) == 0) f.ListedLeft += Weights.Of(index, listed[at], asked.Population);
        for (int i = 0; i < name.TokenCount; i++)
            foreach (ref readonly var rung in alignment.Rungs)
                if (BitOperations.TrailingZeroCount(rung.Asked) == i)
                {
                    if (rung.Listed < before) f.InOrder = false;
                    before = rung.Listed;
                }
        f.IsSame = f.Exact == name.TokenCount && f.Exact == listed.Length && f.InOrder;
        return f;
    }

    public static double Of(in NameFeatures f)
    {
        if (f.Tokens == 0) return 0;
        if (f.IsSame && f.IsPair) return 1;
        double net = f.Matched - 0.35 * f.Cost - 0.8 * f.AskedLeft - 0.25 * f.ListedLeft - (f.InOrder ? 0 : 0.4);
        double score = 1 / (1 + Math.Exp(-0.5 * (net - 9)));
        return f.IsSame ? Math.Max(score, 0.9 + 0.1 * score) : Math.Min(score, 0.999);
    }
}
