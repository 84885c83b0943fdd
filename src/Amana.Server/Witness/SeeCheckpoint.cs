using Amana.Sealing.Notes;
using Amana.Sealing.Trees;
using Amana.Server.Data;
using Amana.Server.Foundation;
using Amana.Server.Journal;
using Microsoft.EntityFrameworkCore;

namespace Amana.Server.Witness;

/// <summary>Signs a checkpoint of a log that this server witnesses, if it grew from the one that was signed before; never two that do not
/// go together.</summary>
/// <remarks>C2SP tlog-witness. What is signed is written down first: after a stop the witness may have signed less than it remembers, never
/// more. Anybody may send a checkpoint: it says nothing but what its own log signed.</remarks>
internal sealed class SeeCheckpoint(AmanaDb db, WitnessKeys keys, JournalWriter journal, TimeProvider clock)
{
    /// <summary>A log that is not where the sender thinks: its size as it is known here.</summary>
    public sealed record Seen(NoteSignature? Signature, long? KnownSize);

    public async Task<Result<Seen>> RunAsync(CheckpointRequest request, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(request);
        if (!Checkpoint.TryParse(request.Note.Text, out var checkpoint)) return WitnessRefusals.NoCheckpoint;
        var log = await db.Set<WitnessedLog>().SingleOrDefaultAsync(l => l.Origin == checkpoint!.Origin && l.AgreedAt != null, cancel);
        if (log is null) return WitnessRefusals.UnknownLog;
        if (!NoteKey.TryParse(log.Key, out var key) || !request.Note.IsSignedBy(key!)) return WitnessRefusals.NotSigned;
        if (request.Old > checkpoint!.Size) return WitnessRefusals.Backwards;
        if (request.Old != log.Size) return new Seen(null, log.Size);

        bool same = checkpoint.Size == log.Size && checkpoint.Root == log.Hash;
        bool grown = same || log.Size == 0 || TreeProof.GrewFrom(log.Hash, log.Size, checkpoint.Root, checkpoint.Size, request.Proof);
        if (!grown || (log.Size == 0 && request.Proof.Count > 0) || (checkpoint.Size == log.Size && !same))
        {
            // Signed by the log's own key, and not what it signed before: this is the moment that witnesses are for.
            journal.Record(Actor.Server, "witnessed-log.refused", log.Origin, details: new { log.Size, asked = checkpoint.Size, root = checkpoint.Root.ToString(), known = log.Hash.ToString() });
            await db.SaveChangesAsync(cancel);
            return WitnessRefusals.NotGrown;
        }

        var now = clock.GetUtcNow();
        if (!same) log.Saw(checkpoint.Size, checkpoint.Root, now);
        try
        {
            await db.SaveChangesAsync(cancel);
        }
        catch (DbUpdateConcurrencyException)
        {
            db.ChangeTracker.Clear();
            long known = await db.Set<WitnessedLog>().Where(l => l.Origin == log.Origin).Select(l => l.Size).SingleOrDefaultAsync(cancel);
            return new Seen(null, known); // another checkpoint of the log came at the same moment
        }

        return new Seen(keys.Signer.Sign(request.Note.Text, now), null);
    }
}
