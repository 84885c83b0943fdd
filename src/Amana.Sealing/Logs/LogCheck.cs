using Amana.Sealing.Notes;
using Amana.Sealing.Trees;

namespace Amana.Sealing.Logs;

/// <summary>Proves a log from its files alone: every entry, every tile and the signed root, and that it grew from a checkpoint kept earlier.</summary>
/// <remarks>Time is linear in the entries, memory is one tile a level. An entry that was altered, removed, inserted or moved
/// is named exactly, as long as the tile over it still stands; where the tiles were made anew as well, it is named as exactly as the
/// lowest tile allows that still says otherwise, and at last by the kept checkpoint.</remarks>
public sealed class LogCheck(ITileSource source, NoteKey key)
{
    private readonly GrowingTree _tree = new();
    private readonly List<List<TreeHash>> _edges = [];

    /// <param name="since">The bytes of a checkpoint of this log that was kept earlier; null when there is none.</param>
    /// <param name="progress">Told how many entries are good, now and then.</param>
    /// <exception cref="IOException">The source cannot be reached: nothing is known then.</exception>
    public async Task<LogFinding> ProveAsync(byte[]? since, IProgress<long>? progress, CancellationToken cancel)
    {
        Checkpoint? kept = null;
        if (since is not null && !Checkpoint.TryOpen(since, key, out kept, out _)) return new(LogFault.Since, 0, 0, null);
        byte[]? note = await source.ReadAsync(TileFolder.CheckpointFile, cancel);
        if (note is null || !Checkpoint.TryOpen(note, key, out var promised, out _)) return new(LogFault.Checkpoint, 0, 0, null);

        var tiles = new TileTree(source, promised!.Size);
        for (long bundle = 0; bundle * TilePath.Width < promised.Size; bundle++)
        {
            if (await BundleAsync(tiles, bundle, kept, promised, cancel) is { } found) return found;
            progress?.Report(_tree.Size);
        }

        if (await LastTilesAsync(tiles, promised, cancel) is { } wrongTile) return wrongTile;
        if (_tree.Root != promised.Root) return new(LogFault.Root, kept?.Size ?? 0, _tree.Size, promised);
        if (kept?.Size > promised.Size) return new(LogFault.Cut, promised.Size, _tree.Size, promised);
        if (kept is { Size: 0 } && kept.Root != TreeHash.OfNothing) return new(LogFault.Rewritten, 0, _tree.Size, promised);
        return new(LogFault.None, null, _tree.Size, promised);
    }

    private async Task<LogFinding?> BundleAsync(TileTree tiles, long bundle, Checkpoint? kept, Checkpoint promised, CancellationToken cancel)
    {
        long first = bundle * TilePath.Width;
        int count = (int)Math.Min(TilePath.Width, promised.Size - first);
        var (entries, surplus) = await EntriesAsync(bundle, count, cancel);
        TreeHash[] hashes;
        try
        {
            hashes = await tiles.TileAsync(0, bundle, cancel);
        }
        catch (TileException)
        {
            return new(LogFault.Tile, first, first, promised);
        }

        for (int i = 0; i < count; i++)
        {
            if (i >= entries.Count) return new(LogFault.Missing, first + i, first + i, promised);
            var leaf = TreeHash.OfLeaf(entries[i].Span);
            if (leaf != hashes[i]) return new(LogFault.Entry, first + i, first + i, promised);
            _tree.Add(leaf);
            if (await PushAsync(tiles, 0, leaf, promised, cancel) is { } wrong) return wrong;
            if (_tree.Size == kept?.Size && _tree.Root != kept.Root) return new(LogFault.Rewritten, 0, _tree.Size, promised);
        }

        return surplus ? new(LogFault.Missing, first + count, first + count, promised) : null;
    }

    /// <summary>The entries of a bundle, and whether more stands there than should.</summary>
    private async Task<(IReadOnlyList<ReadOnlyMemory<byte>> Entries, bool Surplus)> EntriesAsync(long bundle, int count, CancellationToken cancel)
    {
        var path = TilePath.OfEntries(bundle, count);
        byte[]? bytes = await source.ReadAsync(path.ToString(), cancel);
        bool exact = bytes is not null;
        if (!exact && !path.IsWhole) bytes = await source.ReadAsync(TilePath.OfEntries(bundle).ToString(), cancel);
        var entries = EntryBundle.Read(bytes ?? [], out bool broken);
        return (entries, exact && (entries.Count > count || (entries.Count == count && broken)));
    }

    /// <summary>Compares a finished tile's root with what the tile above says.</summary>
    private async Task<LogFinding?> PushAsync(TileTree tiles, int level, TreeHash hash, Checkpoint promised, CancellationToken cancel)
    {
        if (_edges.Count == level) _edges.Add([]);
        var edge = _edges[level];
        edge.Add(hash);
        if (edge.Count < TilePath.Width) return null;
        var root = TileTree.Fold(edge.ToArray());
        edge.Clear();

        long index = (_tree.Size >> ((level + 1) * TilePath.WidthBits)) - 1;
        long below = index << ((level + 1) * TilePath.WidthBits);
        try
        {
            var above = await tiles.TileAsync(level + 1, index / TilePath.Width, cancel);
            if (above[index % TilePath.Width] != root) return new(LogFault.Tile, below, below, promised);
        }
        catch (TileException)
        {
            return new(LogFault.Tile, below, below, promised);
        }

        return await PushAsync(tiles, level + 1, root, promised, cancel);
    }

    /// <summary>Partial tiles hold nothing that was not compared on the way; their count is.</summary>
    private async Task<LogFinding?> LastTilesAsync(TileTree tiles, Checkpoint promised, CancellationToken cancel)
    {
        for (int level = 0; level < _edges.Count; level++)
        {
            if (_edges[level].Count == 0) continue;
            long number = (promised.Size >> (level * TilePath.WidthBits)) / TilePath.Width;
            try
            {
                var tile = await tiles.TileAsync(level, number, cancel);
                if (!tile.SequenceEqual(_edges[level])) return Wrong();
            }
            catch (TileException)
            {
                return Wrong();
            }

            LogFinding Wrong() => new(LogFault.Tile, (number * TilePath.Width) << (level * TilePath.WidthBits), _tree.Size, promised);
        }

        return null;
    }
}
