using Amana.Sealing.Trees;

namespace Amana.Sealing.Logs;

/// <summary>A tree read from its tiles: its root and its proofs, each from a few files.</summary>
/// <remarks>What the files say is not believed: whoever asks compares the root with a signed checkpoint, or checks the proof.</remarks>
public sealed class TileTree(ITileSource source, long size)
{
    private const int TilesKept = 64;

    private readonly Dictionary<(int Level, long Number), TreeHash[]> _tiles = [];

    public long Size => size;

    /// <exception cref="TileException">A tile is missing or has another length.</exception>
    public Task<TreeHash> RootAsync(CancellationToken cancel) => size == 0 ? Task.FromResult(TreeHash.OfNothing) : RangeAsync(0, size, cancel);

    /// <summary>The neighbours of the leaf <paramref name="index"/> on the way to the root, lowest first (RFC 9162, 2.1.3.1).</summary>
    /// <exception cref="TileException">A tile is missing or has another length.</exception>
    public async Task<IReadOnlyList<TreeHash>> InclusionAsync(long index, CancellationToken cancel)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((ulong)index, (ulong)size, nameof(index));
        var proof = new List<TreeHash>();
        long from = 0, to = size;
        while (to - from > 1)
        {
            long middle = from + LargestPowerBelow(to - from);
            bool left = index < middle;
            proof.Add(left ? await RangeAsync(middle, to, cancel) : await RangeAsync(from, middle, cancel));
            (from, to) = left ? (from, middle) : (middle, to);
        }

        proof.Reverse();
        return proof;
    }

    /// <summary>That this tree begins with the first <paramref name="oldSize"/> leaves (RFC 9162, 2.1.4.1).</summary>
    /// <exception cref="TileException">A tile is missing or has another length.</exception>
    public async Task<IReadOnlyList<TreeHash>> GrowthAsync(long oldSize, CancellationToken cancel)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan((ulong)oldSize, (ulong)size, nameof(oldSize));
        var proof = new List<TreeHash>();
        if (oldSize == 0 || oldSize == size) return proof;
        long from = 0, to = size, old = oldSize;
        bool whole = true;
        while (old != to - from)
        {
            long half = LargestPowerBelow(to - from), middle = from + half;
            if (old <= half)
            {
                proof.Add(await RangeAsync(middle, to, cancel));
                to = middle;
            }
            else
            {
                proof.Add(await RangeAsync(from, middle, cancel));
                (from, old, whole) = (middle, old - half, false);
            }
        }

        if (!whole) proof.Add(await RangeAsync(from, to, cancel));
        proof.Reverse();
        return proof;
    }

    /// <summary>The roots of the whole subtrees, largest first: where a <see cref="GrowingTree"/> goes on.</summary>
    /// <exception cref="TileException">A tile is missing or has another length.</exception>
    public async Task<GrowingTree> EdgeAsync(CancellationToken cancel)
    {
        var peaks = new List<TreeHash>();
        long from = 0;
        for (int bit = 62; bit >= 0; bit--)
        {
            if (((size >> bit) & 1) == 0) continue;
            peaks.Add(await RangeAsync(from, from + (1L << bit), cancel));
            from += 1L << bit;
        }

        return GrowingTree.From(size, peaks);
    }

    /// <summary>The hashes of one tile of this tree.</summary>
    /// <exception cref="TileException">The tile is missing or has another length.</exception>
    internal async Task<TreeHash[]> TileAsync(int level, long number, CancellationToken cancel)
    {
        if (_tiles.TryGetValue((level, number), out var known)) return known;
        long there = (size >> (TilePath.WidthBits * level)) - number * TilePath.Width;
        int count = (int)Math.Min(TilePath.Width, there);
        var path = TilePath.OfTile(level, number, count);
        byte[]? bytes = await source.ReadAsync(path.ToString(), cancel);
        bool exact = bytes is not null;
        // A partial tile may be gone once the whole one is there.
        if (!exact && !path.IsWhole) bytes = await source.ReadAsync(TilePath.OfTile(level, number).ToString(), cancel);
        if (bytes is null) throw new TileException(path);
        if (exact ? bytes.Length != count * TreeHash.Bytes : bytes.Length != TilePath.Width * TreeHash.Bytes) throw new TileException(path);
        var hashes = new TreeHash[count];
        for (int i = 0; i < count; i++) hashes[i] = TreeHash.Of(bytes.AsSpan(i * TreeHash.Bytes, TreeHash.Bytes));
        if (_tiles.Count >= TilesKept) _tiles.Clear();
        _tiles[(level, number)] = hashes;
        return hashes;
    }

    private async Task<TreeHash> RangeAsync(long from, long to, CancellationToken cancel)
    {
        long count = to - from;
        if (!long.IsPow2(count))
        {
            long middle = from + LargestPowerBelow(count);
            return TreeHash.OfNode(await RangeAsync(from, middle, cancel), await RangeAsync(middle, to, cancel));
        }

        // A whole subtree: some neighbouring hashes of one tile, or one hash.
        int height = (int)long.TrailingZeroCount(count);
        int level = height / TilePath.WidthBits, above = height % TilePath.WidthBits;
        if (level > TilePath.LevelMost) throw new ArgumentOutOfRangeException(nameof(to));
        long first = from >> (level * TilePath.WidthBits);
        var tile = await TileAsync(level, first / TilePath.Width, cancel);
        return Fold(tile.AsSpan((int)(first % TilePath.Width), 1 << above));
    }

    /// <summary>The root over a power of two of hashes.</summary>
    internal static TreeHash Fold(ReadOnlySpan<TreeHash> hashes) => hashes.Length == 1
        ? hashes[0]
        : TreeHash.OfNode(Fold(hashes[..(hashes.Length / 2)]), Fold(hashes[(hashes.Length / 2)..]));

    /// <summary>The largest power of two below <paramref name="count"/>, which is at least 2.</summary>
    private static long LargestPowerBelow(long count) => 1L << (63 - (int)long.LeadingZeroCount(count - 1));
}

/// <summary>A tile that the tree needs is missing or cannot be one.</summary>
public sealed class TileException(TilePath path) : IOException($"{path} is missing or has another length than a tile of this tree.")
{
    public TilePath Tile { get; } = path;
}
