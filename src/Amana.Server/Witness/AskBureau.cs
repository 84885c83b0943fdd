using Amana.Server.Access;
using Amana.Server.Data;
using Amana.Server.Foundation;
using Amana.Server.Journal;
using Amana.Vocabulary;
using Microsoft.EntityFrameworkCore;

namespace Amana.Server.Witness;

/// <summary>A bureau of the directory is asked to witness this journal: its server says with which key it signs, and is shown every checkpoint from now on, over the exchange.</summary>
internal sealed class AskBureau(AmanaDb db, Gate gate, BureauWitnessLine line, JournalWriter journal, TimeProvider clock)
{
    public sealed record Request(string? Bureau);

    public async Task<Refusal?> RunAsync(Request request, Caller caller, CancellationToken cancel)
    {
        if (await gate.CheckAsync(caller, Right.ManageWitnesses, cancel) is { } forbidden) return forbidden;
        if (!BureauCode.TryParse(request.Bureau, null, out var bureau)) return WitnessRefusals.NoAnswer;
        if (await db.Set<OurWitness>().AnyAsync(w => w.Bureau == bureau.Value, cancel)) return WitnessRefusals.Twice with { Field = "bureau" };
        if (await db.Set<OurWitness>().CountAsync(cancel) >= AddWitness.Most) return WitnessRefusals.TooMany;
        if (await line.AskKeyAsync(bureau, cancel) is not { } key) return WitnessRefusals.NoAnswer;
        if (await db.Set<OurWitness>().AnyAsync(w => w.Key == key.ToString(), cancel)) return WitnessRefusals.Twice with { Field = "bureau" };

        db.Add(new OurWitness { Key = key.ToString(), Name = bureau.Value, Address = "", Bureau = bureau.Value, AddedAt = clock.GetUtcNow() });
        journal.Record(caller.Actor, "witness.added", bureau.Value, details: new { bureau = bureau.Value, key = key.ToString() });
        await db.SaveChangesAsync(cancel);
        return null;
    }
}
