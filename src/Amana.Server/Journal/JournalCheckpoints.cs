using Amana.Sealing.Logs;
using Amana.Sealing.Notes;
using Amana.Sealing.Trees;
using Amana.Server.Journal.Tree;

namespace Amana.Server.Journal;

/// <summary>The journal's checkpoints for those who witness it: what was signed, that it grew from what they saw, and their signatures.</summary>
public sealed class JournalCheckpoints
{
    private readonly JournalTree _tree;

    internal JournalCheckpoints(JournalTree tree) => _tree = tree;

    /// <summary>The newest, with its own signature and those of witnesses that came in time; null before the first.</summary>
    public async Task<(Checkpoint Checkpoint, SignedNote Note)?> NewestAsync(CancellationToken cancel)
    {
        byte[]? bytes = await new TileFolder(_tree.Folder).ReadAsync(TileFolder.CheckpointFile, cancel);
        return bytes is not null && SignedNote.TryParse(bytes, out var note) && Checkpoint.TryParse(note!.Text, out var checkpoint) ? (checkpoint!, note) : null;
    }

    /// <summary>The proof that a checkpoint of <paramref name="size"/> entries begins with the first <paramref name="oldSize"/>.</summary>
    /// <exception cref="IOException">A file of the tree is missing.</exception>
    public Task<IReadOnlyList<TreeHash>> GrowthAsync(long oldSize, long size, CancellationToken cancel) =>
        new TileTree(new TileFolder(_tree.Folder), size).GrowthAsync(oldSize, cancel);

    /// <summary>Puts a witness's signature under the checkpoint, unless a newer one has taken its place meanwhile, and keeps what was
    /// witnessed under <c>/journal/witnessed</c>.</summary>
    public Task AddAsync(SignedNote witnessed, NoteSignature signature, CancellationToken cancel) => _tree.AddSignatureAsync(witnessed, signature, cancel);
}
