using Amana.Sealing.Logs;
using Amana.Server.Data;
using Amana.Server.Journal.Tree;
using Amana.Server.Keys;
using Microsoft.EntityFrameworkCore;

namespace Amana.Server.Journal;

/// <summary>Whether the journal is the one that was signed: the files against the checkpoint, and the rows against the files.</summary>
/// <remarks>What outsiders can do from the tiles alone (<c>amana journal verify</c>), and beyond it what only this server can: every row
/// gives the public entry that was signed, and every content is the one that its row committed to.</remarks>
public sealed class JournalProof
{
    private readonly AmanaDb _db;
    private readonly JournalTree _tree;
    private readonly JournalKeys _keys;
    private readonly FieldSealer _sealer;

    internal JournalProof(AmanaDb db, JournalTree tree, JournalKeys keys, FieldSealer sealer) =>
        (_db, _tree, _keys, _sealer) = (db, tree, keys, sealer);

    /// <summary>What was found.</summary>
    /// <param name="Fault">Null when all is as it was signed; else <c>checkpoint</c>, <c>missing</c>, <c>entry</c>, <c>tile</c>, <c>root</c> (the
    /// files), <c>row</c>, <c>content</c> (the database), or the code of <see cref="Standing.Broken"/>.</param>
    /// <param name="FirstBad">Number, from 0, of the first entry that is not proved; null when all are, and when the tree itself stopped.</param>
    /// <param name="Entry">The journal's own number of that entry, where the database still says.</param>
    /// <param name="Entries">Entries under the checkpoint.</param>
    /// <param name="Erased">Contents that were there once and were erased.</param>
    public sealed record Finding(string? Fault, long? FirstBad, long? Entry, long Entries, long Erased);

    /// <summary>How far the signed tree is.</summary>
    /// <param name="Size">Entries under the newest checkpoint; null before the first.</param>
    /// <param name="SignedAt">When this server signed it; null when it has not since its start.</param>
    /// <param name="Root">Base64.</param>
    /// <param name="Key">What others verify with.</param>
    /// <param name="Broken">A code when nothing more is signed.</param>
    public sealed record Standing(long? Size, DateTimeOffset? SignedAt, string? Root, string Key, string? Broken);

    public Standing Now => new(_tree.Signed?.Size, _tree.SignedAt, _tree.Signed?.Root.ToString(), _keys.Verifier.ToString(), _tree.Broken);

    /// <remarks>Time is linear in the entries; a bundle of 256 is in memory at a time. Changes nothing.</remarks>
    public async Task<Finding> ProveAsync(CancellationToken cancel)
    {
        if (_tree.Broken is { } broken) return new(broken, null, null, _tree.Signed?.Size ?? 0, 0);
        await _tree.GrowAsync(cancel); // so that the acts of this moment are proved as well
        var files = new TileFolder(_tree.Folder);
        var found = await new LogCheck(files, _keys.Verifier).ProveAsync(null, null, cancel);
        long size = found.Checkpoint?.Size ?? 0;
        if (!found.IsGood) return new(found.Fault.ToString().ToLowerInvariant(), found.FirstBad, await EntryAsync(found.FirstBad, cancel), size, 0);

        long erased = 0;
        for (long from = 0; from < size; from += TilePath.Width)
        {
            int count = (int)Math.Min(TilePath.Width, size - from);
            var (bad, gone) = await BundleAsync(files, from, count, cancel);
            if (bad is not null) return bad with { Entries = size };
            erased += gone;
        }

        return new(null, null, null, size, erased);
    }

    private async Task<(Finding? Bad, long Erased)> BundleAsync(TileFolder files, long from, int count, CancellationToken cancel)
    {
        // A grown tree has the whole bundle where a moment ago was a partial one.
        byte[] bundle = await files.ReadAsync(TilePath.OfEntries(from / TilePath.Width, count).ToString(), cancel)
            ?? await files.ReadAsync(TilePath.OfEntries(from / TilePath.Width).ToString(), cancel) ?? [];
        var entries = EntryBundle.Read(bundle, out _);
        var rows = await _db.Set<JournalLeaf>().AsNoTracking().Where(l => l.Index >= from && l.Index < from + count)
            .Join(_db.Set<JournalEntry>().Include(e => e.Content), l => l.Number, e => e.Number, (l, e) => new { l.Index, Entry = e, e.Content })
            .ToDictionaryAsync(r => r.Index, cancel);
        long erased = 0;
        for (int i = 0; i < count; i++)
        {
            if (!rows.TryGetValue(from + i, out var row) || i >= entries.Count || !entries[i].Span.SequenceEqual(_keys.Acts.Of(row.Entry)))
            {
                return (new("row", from + i, row?.Entry.Number, 0, 0), 0);
            }

            if (row.Entry.ContentHash is null) continue;
            if (row.Content is null) erased++;
            else if (!SealedContent.IsOf(row.Entry, row.Content, _sealer)) return (new("content", from + i, row.Entry.Number, 0, 0), 0);
        }

        return (null, erased);
    }

    private async Task<long?> EntryAsync(long? index, CancellationToken cancel) => index is null ? null
        : await _db.Set<JournalLeaf>().Where(l => l.Index == index).Select(l => (long?)l.Number).SingleOrDefaultAsync(cancel);
}
