using Amana.Sealing.Logs;
using Amana.Sealing.Notes;
using Amana.Server.Data;
using Amana.Server.Foundation;
using Amana.Server.Journal.Tree;
using Microsoft.EntityFrameworkCore;

namespace Amana.Server.Journal;

/// <summary>Makes the file that proves one entry without this server: C2SP tlog-proof, with the entry opened in it.</summary>
public sealed class EntryProofs
{
    private readonly AmanaDb _db;
    private readonly JournalTree _tree;
    private readonly JournalKeys _keys;

    internal EntryProofs(AmanaDb db, JournalTree tree, JournalKeys keys) => (_db, _tree, _keys) = (db, tree, keys);

    /// <param name="number">The journal's own number of the entry, from 1.</param>
    /// <remarks>The witnessed checkpoint where it reaches as far as the entry; else the newest.</remarks>
    public async Task<Result<EntryProof>> OfAsync(long number, CancellationToken cancel)
    {
        await _tree.GrowAsync(cancel); // so that what was done a moment ago can be proved as well
        var row = await _db.Set<JournalLeaf>().AsNoTracking().Where(l => l.Number == number)
            .Join(_db.Set<JournalEntry>(), l => l.Number, e => e.Number, (l, e) => new { l.Index, Entry = e }).SingleOrDefaultAsync(cancel);
        if (row is null) return JournalRefusals.NoEntry;
        if (_tree.Broken is not null || await NoteOverAsync(row.Index, cancel) is not { } signed) return JournalRefusals.NotProved;
        var hashes = await new TileTree(new TileFolder(_tree.Folder), signed.Checkpoint.Size).InclusionAsync(row.Index, cancel);
        byte[] act = _keys.Acts.Of(row.Entry);
        var proof = new EntryProof(row.Index, new ActOpening(act, row.Entry.Salt, PublicAct.Rest(row.Entry)).ToBytes(), hashes, signed.Note);
        // A row that is not what was signed is no evidence; the check of the chain says which.
        return proof.Proves(act, _keys.Verifier, out _) ? proof : JournalRefusals.NotProved;
    }

    private async Task<(Checkpoint Checkpoint, SignedNote Note)?> NoteOverAsync(long index, CancellationToken cancel)
    {
        foreach (string file in (string[])[JournalTree.WitnessedFile, TileFolder.CheckpointFile])
        {
            byte[]? bytes = await new TileFolder(_tree.Folder).ReadAsync(file, cancel);
            if (bytes is not null && Checkpoint.TryOpen(bytes, _keys.Verifier, out var checkpoint, out var note) && checkpoint!.Size > index) return (checkpoint, note!);
        }

        return null;
    }
}
