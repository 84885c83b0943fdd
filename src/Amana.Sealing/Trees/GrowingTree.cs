using System.Numerics;

namespace Amana.Sealing.Trees;

/// <summary>A tree that only grows: its size and the roots of its whole subtrees, at most 63 hashes however many leaves.</summary>
public sealed class GrowingTree
{
    // One for each bit of the size that is set, largest subtree first.
    private readonly List<TreeHash> _peaks = [];

    public long Size { get; private set; }

    /// <summary>Goes on from a tree that was there before.</summary>
    /// <param name="peaks">Roots of the whole subtrees, largest first: one for each bit that is set in <paramref name="size"/>.</param>
    /// <exception cref="ArgumentException">Their count does not fit the size.</exception>
    public static GrowingTree From(long size, IReadOnlyList<TreeHash> peaks)
    {
        ArgumentNullException.ThrowIfNull(peaks);
        ArgumentOutOfRangeException.ThrowIfNegative(size);
        if (peaks.Count != BitOperations.PopCount((ulong)size)) throw new ArgumentException("One peak for each bit of the size.", nameof(peaks));
        var tree = new GrowingTree { Size = size };
        tree._peaks.AddRange(peaks);
        return tree;
    }

    public void Add(TreeHash leaf)
    {
        var node = leaf;
        for (long bits = Size; (bits & 1) == 1; bits >>= 1)
        {
            node = TreeHash.OfNode(_peaks[^1], node);
            _peaks.RemoveAt(_peaks.Count - 1);
        }

        _peaks.Add(node);
        Size++;
    }

    public TreeHash Root
    {
        get
        {
            if (_peaks.Count == 0) return TreeHash.OfNothing;
            var root = _peaks[^1];
            for (int i = _peaks.Count - 2; i >= 0; i--) root = TreeHash.OfNode(_peaks[i], root);
            return root;
        }
    }
}
