using System.Data.Common;
using Amana.Sealing.Logs;
using Amana.Sealing.Notes;
using Amana.Sealing.Trees;
using Amana.Server.Data;
using Amana.Server.Foundation;
using Microsoft.EntityFrameworkCore;

namespace Amana.Server.Journal.Tree;

/// <summary>The journal as a tree in the folder <c>journal</c>: takes in what was committed, and signs it.</summary>
/// <remarks>The database decides the order, first and for good (<see cref="JournalLeaf"/>); then the files are written; the
/// checkpoint comes last. A stop at any point leaves a tree that the next start goes on with. What does not fit what was
/// signed before is never signed over: the tree stops there and says so.</remarks>
internal sealed partial class JournalTree(
    Instance instance, JournalKeys keys, IDbContextFactory<AmanaDb> databases, TimeProvider clock, ILogger<JournalTree> log) : IDisposable
{
    /// <summary>Entries taken in at a time.</summary>
    private const int BatchMost = 4096;
    /// <summary>The newest checkpoint that at least one witness has signed.</summary>
    public const string WitnessedFile = "witnessed";
    /// <summary>How far behind the newest number an entry may still turn up: acts that began earlier and were committed later.</summary>
    private const int NumbersLookedBack = 20_000;

    private readonly SemaphoreSlim _turn = new(1);
    private LogFolder? _log;
    private long _leaves;   // in the database
    private long _looked;   // entries with a number up to this one are leaves
    private volatile Checkpoint? _signed;

    /// <summary>Where the tree's files are; below <c>tile/</c>, and the checkpoint.</summary>
    public string Folder { get; } = instance.Folder("journal");

    /// <summary>The newest checkpoint; null before the first.</summary>
    public Checkpoint? Signed => _signed;

    /// <summary>When it was signed.</summary>
    public DateTimeOffset? SignedAt { get; private set; }

    /// <summary>Why nothing more is signed; null while all is well. A code: <c>journal.broken-…</c>.</summary>
    public string? Broken { get; private set; }

    /// <summary>Takes in all that is committed, and signs.</summary>
    /// <exception cref="IOException">The disk refused; what was signed stands, and the next call goes on.</exception>
    public async Task GrowAsync(CancellationToken cancel)
    {
        await _turn.WaitAsync(cancel);
        try
        {
            if (Broken is not null) return;
            _log ??= await OpenAsync(cancel);
            if (_log is null) return;
            while (await TakeInAsync(cancel) == BatchMost) { }
            if (_signed is null || _log.Size > _signed.Size) Sign(_log);
        }
        catch (Exception e) when (e is IOException or DbException or DbUpdateException)
        {
            // What is in memory is ahead of the disk, or behind a database whose connection broke in the middle of a commit.
            _log = null;
            throw;
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <summary>Puts a witness's signature under the note that it saw: the newest checkpoint if it is that still, and the file of what was
    /// witnessed last in any case.</summary>
    public async Task AddSignatureAsync(SignedNote seen, NoteSignature signature, CancellationToken cancel)
    {
        await _turn.WaitAsync(cancel);
        try
        {
            var files = new TileFolder(Folder);
            foreach (string file in (string[])[TileFolder.CheckpointFile, WitnessedFile])
            {
                bool there = SignedNote.TryParse(await files.ReadAsync(file, cancel) ?? [], out var note);
                if (there && note!.Text == seen.Text) note = note.Signatures.Contains(signature) ? note : note.With(signature);
                else if (file == WitnessedFile) note = seen.With(signature);
                else continue; // a newer checkpoint has taken its place
                LogFolder.WriteNote(files.PathOf(file), note.ToBytes());
            }
        }
        finally
        {
            _turn.Release();
        }
    }

    public void Dispose() => _turn.Dispose();

    private async Task<LogFolder?> OpenAsync(CancellationToken cancel)
    {
        byte[]? note = await new TileFolder(Folder).ReadAsync(TileFolder.CheckpointFile, cancel);
        Checkpoint? signed = null;
        if (note is not null && !Checkpoint.TryOpen(note, keys.Verifier, out signed, out _)) return Break("journal.broken-checkpoint");

        await using var db = await databases.CreateDbContextAsync(cancel);
        _leaves = await db.Set<JournalLeaf>().LongCountAsync(cancel);
        if (signed?.Size > _leaves) return Break("journal.broken-shorter");

        LogFolder opened;
        try
        {
            opened = await LogFolder.OpenAsync(Folder, signed?.Size ?? 0, cancel);
        }
        catch (TileException)
        {
            return Break("journal.broken-tile");
        }

        if (signed is not null && opened.Root != signed.Root) return Break("journal.broken-tile");
        _signed = signed;
        _looked = 0;
        return await CatchUpAsync(db, opened, cancel) ? opened : null;
    }

    /// <summary>Writes the files of leaves that were decided on before a stop and not written or signed any more.</summary>
    private async Task<bool> CatchUpAsync(AmanaDb db, LogFolder opened, CancellationToken cancel)
    {
        while (opened.Size < _leaves)
        {
            long from = opened.Size;
            var rows = await db.Set<JournalLeaf>().AsNoTracking().Where(l => l.Index >= from).OrderBy(l => l.Index).Take(BatchMost)
                .Join(db.Set<JournalEntry>(), l => l.Number, e => e.Number, (l, e) => new { Leaf = l, Entry = e }).ToListAsync(cancel);
            var bytes = new List<byte[]>(rows.Count);
            foreach (var row in rows.OrderBy(r => r.Leaf.Index))
            {
                byte[] act = keys.Acts.Of(row.Entry);
                if (row.Leaf.Index != from + bytes.Count || !TreeHash.OfLeaf(act).ToArray().AsSpan().SequenceEqual(row.Leaf.Hash)) return Break("journal.broken-entry") is not null;
                bytes.Add(act);
            }

            if (bytes.Count == 0) return Break("journal.broken-entry") is not null;
            opened.Append(bytes);
        }

        return true;
    }

    private async Task<int> TakeInAsync(CancellationToken cancel)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        long after = _looked;
        var entries = await db.Set<JournalEntry>().AsNoTracking()
            .Where(e => e.Number > after && !db.Set<JournalLeaf>().Any(l => l.Number == e.Number)).OrderBy(e => e.Number).Take(BatchMost).ToListAsync(cancel);
        if (entries.Count == 0) return 0;

        var bytes = entries.ConvertAll(keys.Acts.Of);
        for (int i = 0; i < entries.Count; i++)
        {
            db.Set<JournalLeaf>().Add(new JournalLeaf { Index = _leaves + i, Number = entries[i].Number, Hash = TreeHash.OfLeaf(bytes[i]).ToArray() });
        }

        await db.SaveChangesAsync(cancel);
        _leaves += entries.Count;
        _log!.Append(bytes);
        _looked = Math.Max(_looked, entries[^1].Number - NumbersLookedBack);
        return entries.Count;
    }

    private void Sign(LogFolder grown)
    {
        var checkpoint = new Checkpoint(keys.Verifier.Name, grown.Size, grown.Root);
        string text = checkpoint.ToString();
        var now = clock.GetUtcNow();
        grown.WriteCheckpoint(SignedNote.Of(text, keys.Signer.Sign(text, now)).ToBytes());
        (_signed, SignedAt) = (checkpoint, now);
    }

    private LogFolder? Break(string why)
    {
        Broken = why;
        Stopped(log, why);
        return null;
    }

    [LoggerMessage(LogLevel.Critical, "The journal's tree stopped: {Why}. Nothing more is signed. What to do: docs/operators.md")]
    private static partial void Stopped(ILogger log, string why);
}
