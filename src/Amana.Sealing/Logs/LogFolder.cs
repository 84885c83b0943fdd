using System.Buffers;
using System.Runtime.InteropServices;
using Amana.Sealing.Trees;

namespace Amana.Sealing.Logs;

/// <summary>Writes a log's files: entries, tiles and checkpoint. One writer at a time.</summary>
/// <remarks>Each file is written aside, synced and moved into place, and the checkpoint comes last: a reader finds all
/// that a checkpoint speaks of, also after a power cut in the middle. Files beyond the checkpoint promise nothing and are
/// written over.</remarks>
public sealed class LogFolder
{
    private readonly string _folder;
    private readonly List<List<TreeHash>> _edges;   // for each level, the hashes of its unfinished tile
    private readonly ArrayBufferWriter<byte> _bundle = new();  // the unfinished bundle
    private readonly GrowingTree _tree;

    private LogFolder(string folder, GrowingTree tree, List<List<TreeHash>> edges, ReadOnlySpan<byte> bundle)
    {
        (_folder, _tree, _edges) = (folder, tree, edges);
        _bundle.Write(bundle);
    }

    /// <summary>Entries that are written, whether or not a checkpoint speaks of them yet.</summary>
    public long Size => _tree.Size;
    public TreeHash Root => _tree.Root;

    /// <summary>Goes on behind the first <paramref name="size"/> entries that stand in the folder.</summary>
    /// <exception cref="IOException">A file that is needed is missing or damaged (<see cref="TileException"/>), or cannot be read.</exception>
    public static async Task<LogFolder> OpenAsync(string folder, long size, CancellationToken cancel)
    {
        Directory.CreateDirectory(folder);
        var source = new TileFolder(folder);
        var tree = new TileTree(source, size);
        var edges = new List<List<TreeHash>>();
        for (int level = 0; level <= TilePath.LevelMost; level++)
        {
            long hashes = size >> (level * TilePath.WidthBits);
            if (hashes == 0 && level > 0) break;
            bool partial = hashes % TilePath.Width > 0;
            edges.Add(partial ? [.. await tree.TileAsync(level, hashes / TilePath.Width, cancel)] : []);
        }

        byte[] bundle = [];
        int unfinished = (int)(size % TilePath.Width);
        if (unfinished > 0)
        {
            bundle = await UnfinishedAsync(source, size / TilePath.Width, unfinished, cancel);
        }

        return new(folder, await tree.EdgeAsync(cancel), edges, bundle);
    }

    /// <summary>The first entries of a bundle. After a stop between the whole bundle and its checkpoint, the partial one is gone already.</summary>
    private static async Task<byte[]> UnfinishedAsync(TileFolder source, long number, int count, CancellationToken cancel)
    {
        var path = TilePath.OfEntries(number, count);
        byte[]? exact = await source.ReadAsync(path.ToString(), cancel);
        byte[] bytes = exact ?? await source.ReadAsync(TilePath.OfEntries(number).ToString(), cancel) ?? throw new TileException(path);
        var entries = EntryBundle.Read(bytes, out bool broken);
        if (broken || (exact is null ? entries.Count != TilePath.Width : entries.Count != count)) throw new TileException(path);
        return bytes[..entries.Take(count).Sum(e => 2 + e.Length)];
    }

    /// <summary>Adds entries behind the last and writes what has changed. All are on the disk when it returns.</summary>
    /// <exception cref="ArgumentException">An entry is longer than 65535 bytes; nothing is written then.</exception>
    public void Append(IReadOnlyList<byte[]> entries)
    {
        ArgumentNullException.ThrowIfNull(entries);
        if (entries.Any(e => e.Length > EntryBundle.EntryBytesMost)) throw new ArgumentException("An entry has at most 65535 bytes.", nameof(entries));
        if (entries.Count == 0) return;
        var touched = new HashSet<int>();
        foreach (byte[] entry in entries)
        {
            EntryBundle.Write(_bundle, entry);
            var leaf = TreeHash.OfLeaf(entry);
            _tree.Add(leaf);
            if (Size % TilePath.Width == 0)
            {
                Write(TilePath.OfEntries(Size / TilePath.Width - 1), _bundle.WrittenSpan);
                _bundle.ResetWrittenCount();
            }

            Push(0, leaf, touched);
        }

        int unfinished = (int)(Size % TilePath.Width);
        if (unfinished > 0) Write(TilePath.OfEntries(Size / TilePath.Width, unfinished), _bundle.WrittenSpan);
        foreach (int level in touched.Where(l => _edges[l].Count > 0))
        {
            long number = (Size >> (level * TilePath.WidthBits)) / TilePath.Width;
            Write(TilePath.OfTile(level, number, _edges[level].Count), BytesOf(_edges[level]));
        }
    }

    /// <summary>Puts the signed checkpoint in its place.</summary>
    public void WriteCheckpoint(ReadOnlySpan<byte> note) => WriteNote(Path.Combine(_folder, TileFolder.CheckpointFile), note);

    /// <summary>Writes a note whole or not at all.</summary>
    public static void WriteNote(string file, ReadOnlySpan<byte> note) => WriteFile(file, note);

    private void Push(int level, TreeHash hash, HashSet<int> touched)
    {
        if (_edges.Count == level) _edges.Add([]);
        var edge = _edges[level];
        edge.Add(hash);
        touched.Add(level);
        if (edge.Count < TilePath.Width) return;
        long number = (Size >> (level * TilePath.WidthBits)) / TilePath.Width - 1;
        Write(TilePath.OfTile(level, number), BytesOf(edge));
        var root = TileTree.Fold(CollectionsMarshal.AsSpan(edge));
        edge.Clear();
        if (level < TilePath.LevelMost) Push(level + 1, root, touched);
    }

    private static byte[] BytesOf(List<TreeHash> hashes)
    {
        byte[] bytes = new byte[hashes.Count * TreeHash.Bytes];
        for (int i = 0; i < hashes.Count; i++) hashes[i].CopyTo(bytes.AsSpan(i * TreeHash.Bytes));
        return bytes;
    }

    private void Write(TilePath path, ReadOnlySpan<byte> bytes)
    {
        string file = new TileFolder(_folder).PathOf(path.ToString());
        WriteFile(file, bytes);
        if (path.IsWhole && Directory.Exists(file + ".p")) Directory.Delete(file + ".p", recursive: true);
    }

    private static void WriteFile(string file, ReadOnlySpan<byte> bytes)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        string aside = file + ".new";
        using (var stream = new FileStream(aside, FileMode.Create, FileAccess.Write, FileShare.None, bufferSize: 0))
        {
            stream.Write(bytes);
            stream.Flush(flushToDisk: true);
        }

        File.Move(aside, file, overwrite: true);
    }
}
