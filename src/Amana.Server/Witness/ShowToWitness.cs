using Amana.Sealing.Notes;
using Amana.Server.Data;
using Amana.Server.Foundation;
using Amana.Server.Journal;
using Amana.Vocabulary;
using Microsoft.EntityFrameworkCore;

namespace Amana.Server.Witness;

/// <summary>Shows the newest checkpoint of this journal to one of our witnesses, with the proof that it grew from what the witness saw.</summary>
internal sealed class ShowToWitness(AmanaDb db, WitnessLine line, BureauWitnessLine bureaus, JournalCheckpoints checkpoints, JournalWriter journal, TimeProvider clock)
{
    /// <returns>Whether the witness has signed the newest.</returns>
    public async Task<bool> ShowAsync(string key, CancellationToken cancel)
    {
        var witness = await db.Set<OurWitness>().SingleOrDefaultAsync(w => w.Key == key, cancel);
        if (witness is null || !NoteKey.TryParse(witness.Key, out var verifier) || await checkpoints.NewestAsync(cancel) is not { } newest) return false;
        if (newest.Checkpoint.Size == 0 || (newest.Checkpoint.Size == witness.Size && witness.Fault is null)) return true;

        string? fault = await AskAsync(witness, verifier!, newest, cancel);
        if (fault is not null && witness.Failed(fault, clock.GetUtcNow()) && fault is not "away" and not "asked")
        {
            journal.Record(Actor.Server, "witness.refused-us", witness.Name, details: new { fault, witness.Size, asked = newest.Checkpoint.Size });
        }

        await db.SaveChangesAsync(cancel);
        return fault is null;
    }

    private async Task<string?> AskAsync(OurWitness witness, NoteKey verifier, (Checkpoint Checkpoint, SignedNote Note) newest, CancellationToken cancel)
    {
        long old = witness.Size;
        for (int tries = 0; tries < 2; tries++)
        {
            var proof = await checkpoints.GrowthAsync(old, newest.Checkpoint.Size, cancel);
            var request = new CheckpointRequest(old, proof, newest.Note);
            var answer = witness.Bureau is { } bureau ? await bureaus.SendAsync(BureauCode.Of(bureau), request, cancel) : await line.SendAsync(witness.Address, request, cancel);
            if (answer.Away) return "away";
            if (answer.Known is { } known)
            {
                // It has seen more of this journal than there is: this is an old copy, and somebody should know.
                if (known > newest.Checkpoint.Size) return "ahead";
                old = known;
                continue;
            }

            foreach (var signature in answer.Signatures)
            {
                if (!newest.Note.With(signature).IsSignedBy(verifier, out var at)) continue;
                witness.Signed(newest.Checkpoint.Size, at ?? clock.GetUtcNow());
                await checkpoints.AddAsync(newest.Note, signature, cancel);
                return null;
            }

            return answer.Signatures.Count > 0 ? "signature" : answer.IsAsked ? "asked" : "refused";
        }

        return "refused";
    }
}
