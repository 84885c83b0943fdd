using Amana.Sealing.Notes;
using Amana.Server.Access;
using Amana.Server.Data;
using Amana.Server.Foundation;
using Amana.Server.Journal;
using Microsoft.EntityFrameworkCore;

namespace Amana.Server.Witness;

/// <summary>From now on this bureau is shown every checkpoint of this journal.</summary>
internal sealed class AddWitness(AmanaDb db, Gate gate, JournalWriter journal, TimeProvider clock)
{
    public const int Most = 50;

    /// <param name="Name">The bureau's, for people; 1 to 100 letters.</param>
    /// <param name="Address">Where it takes checkpoints.</param>
    /// <param name="Key">Its verifier key, compared by phone or in person.</param>
    public sealed record Request(string? Name, string? Address, string? Key);

    public async Task<Refusal?> RunAsync(Request request, Caller caller, CancellationToken cancel)
    {
        if (await gate.CheckAsync(caller, Right.ManageWitnesses, cancel) is { } forbidden) return forbidden;
        string name = (request.Name ?? "").Trim(), address = (request.Address ?? "").Trim();
        if (name.Length is 0 or > 100 || name.Any(char.IsControl)) return WitnessRefusals.Name;
        if (address.Length > 500 || !WitnessLine.IsAddress(address)) return WitnessRefusals.Address;
        if (!NoteKey.TryParse(request.Key, out var key) || key!.Algorithm is not NoteAlgorithm.Cosignature) return WitnessRefusals.Key;
        if (await db.Set<OurWitness>().CountAsync(cancel) >= Most) return WitnessRefusals.TooMany;
        if (await db.Set<OurWitness>().AnyAsync(w => w.Key == key.ToString(), cancel)) return WitnessRefusals.Twice;

        db.Add(new OurWitness { Key = key.ToString(), Name = name, Address = address, AddedAt = clock.GetUtcNow() });
        journal.Record(caller.Actor, "witness.added", name, details: new { address, key = key.ToString() });
        await db.SaveChangesAsync(cancel);
        return null;
    }
}

/// <summary>This bureau is shown nothing any more.</summary>
internal sealed class RemoveWitness(AmanaDb db, Gate gate, JournalWriter journal)
{
    public sealed record Request(string? Key);

    public async Task<Refusal?> RunAsync(Request request, Caller caller, CancellationToken cancel)
    {
        if (await gate.CheckAsync(caller, Right.ManageWitnesses, cancel) is { } forbidden) return forbidden;
        if (await db.Set<OurWitness>().SingleOrDefaultAsync(w => w.Key == request.Key, cancel) is not { } witness) return WitnessRefusals.NotFound;
        db.Remove(witness);
        journal.Record(caller.Actor, "witness.removed", witness.Name, details: new { witness.Key, witness.Size });
        await db.SaveChangesAsync(cancel);
        return null;
    }
}
