using Amana.Sealing.Trees;

namespace Amana.Sealing.Tests.Trees;

/// <summary>The definitions of RFC 6962, section 2.1, word for word: slow, and hard to get wrong.</summary>
internal static class NaiveTree
{
    public static TreeHash Root(ReadOnlySpan<TreeHash> leaves)
    {
        if (leaves.Length == 0) return TreeHash.OfNothing;
        if (leaves.Length == 1) return leaves[0];
        int k = Split(leaves.Length);
        return TreeHash.OfNode(Root(leaves[..k]), Root(leaves[k..]));
    }

    public static List<TreeHash> Inclusion(int m, ReadOnlySpan<TreeHash> leaves)
    {
        if (leaves.Length == 1) return [];
        int k = Split(leaves.Length);
        return m < k ? [.. Inclusion(m, leaves[..k]), Root(leaves[k..])] : [.. Inclusion(m - k, leaves[k..]), Root(leaves[..k])];
    }

    public static List<TreeHash> Growth(int m, ReadOnlySpan<TreeHash> leaves) => Sub(m, leaves, whole: true);

    private static List<TreeHash> Sub(int m, ReadOnlySpan<TreeHash> leaves, bool whole)
    {
        if (m == leaves.Length) return whole ? [] : [Root(leaves)];
        int k = Split(leaves.Length);
        return m <= k ? [.. Sub(m, leaves[..k], whole), Root(leaves[k..])] : [.. Sub(m - k, leaves[k..], false), Root(leaves[..k])];
    }

    private static int Split(int n)
    {
        int k = 1;
        while (k * 2 < n) k *= 2;
        return k;
    }
}
