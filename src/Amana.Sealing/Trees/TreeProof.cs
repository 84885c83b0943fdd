namespace Amana.Sealing.Trees;

/// <summary>Checks that a leaf is in a tree, and that a tree is another one grown on. RFC 9162, sections 2.1.3.2 and 2.1.4.2.</summary>
public static class TreeProof
{
    /// <summary>Most hashes a proof can have: a tree has less than 2^63 leaves.</summary>
    public const int HashesMost = 63;

    /// <param name="index">Of the leaf, from 0.</param>
    /// <param name="proof">Neighbours on the way up, lowest first.</param>
    public static bool Includes(TreeHash root, long size, TreeHash leaf, long index, IReadOnlyList<TreeHash> proof)
    {
        ArgumentNullException.ThrowIfNull(proof);
        if (index < 0 || index >= size || proof.Count > HashesMost) return false;
        long node = index, last = size - 1;
        var hash = leaf;
        foreach (var neighbour in proof)
        {
            if (last == 0) return false;
            if ((node & 1) == 1 || node == last)
            {
                hash = TreeHash.OfNode(neighbour, hash);
                while ((node & 1) == 0 && node != 0)
                {
                    node >>= 1;
                    last >>= 1;
                }
            }
            else
            {
                hash = TreeHash.OfNode(hash, neighbour);
            }

            node >>= 1;
            last >>= 1;
        }

        return last == 0 && hash == root;
    }

    /// <summary>Whether the tree of <paramref name="newSize"/> begins with the leaves of the tree of <paramref name="oldSize"/>,
    /// all of them and in their order.</summary>
    /// <remarks>An <paramref name="oldSize"/> of 0 is refused: every tree begins with nothing, so there is nothing to prove.</remarks>
    public static bool GrewFrom(TreeHash oldRoot, long oldSize, TreeHash newRoot, long newSize, IReadOnlyList<TreeHash> proof)
    {
        ArgumentNullException.ThrowIfNull(proof);
        if (oldSize < 1 || oldSize > newSize || proof.Count > HashesMost) return false;
        if (oldSize == newSize) return proof.Count == 0 && oldRoot == newRoot;

        long node = oldSize - 1, last = newSize - 1;
        while ((node & 1) == 1)
        {
            node >>= 1;
            last >>= 1;
        }

        // An old tree that is one whole subtree is its own first hash, and the proof leaves it out.
        int at = 0;
        if (node != 0 && proof.Count == 0) return false;
        var first = node == 0 ? oldRoot : proof[at++];
        var (old, grown) = (first, first);
        for (; at < proof.Count; at++)
        {
            if (last == 0) return false;
            if ((node & 1) == 1 || node == last)
            {
                old = TreeHash.OfNode(proof[at], old);
                grown = TreeHash.OfNode(proof[at], grown);
                while ((node & 1) == 0 && node != 0)
                {
                    node >>= 1;
                    last >>= 1;
                }
            }
            else
            {
                grown = TreeHash.OfNode(grown, proof[at]);
            }

            node >>= 1;
            last >>= 1;
        }

        return last == 0 && old == oldRoot && grown == newRoot;
    }
}
