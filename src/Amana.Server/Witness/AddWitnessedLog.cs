using Amana.Sealing.Notes;
using Amana.Server.Access;
using Amana.Server.Data;
using Amana.Server.Foundation;
using Amana.Server.Journal;
using Microsoft.EntityFrameworkCore;

namespace Amana.Server.Witness;

/// <summary>From now on this server signs the checkpoints of another bureau's journal.</summary>
internal sealed class AddWitnessedLog(AmanaDb db, Gate gate, JournalWriter journal, TimeProvider clock)
{
    public const int Most = 500;

    /// <param name="Name">The bureau's, for people; 1 to 100 letters.</param>
    /// <param name="Key">The journal's verifier key, compared by phone or in person.</param>
    public sealed record Request(string? Name, string? Key);

    public async Task<Refusal?> RunAsync(Request request, Caller caller, CancellationToken cancel)
    {
        if (await gate.CheckAsync(caller, Right.ManageWitnesses, cancel) is { } forbidden) return forbidden;
        string name = (request.Name ?? "").Trim();
        if (name.Length is 0 or > 100 || name.Any(char.IsControl)) return WitnessRefusals.Name;
        if (!NoteKey.TryParse(request.Key, out var key) || key!.Algorithm is not NoteAlgorithm.Ed25519) return WitnessRefusals.Key;
        if (await db.Set<WitnessedLog>().CountAsync(cancel) >= Most) return WitnessRefusals.TooMany;
        if (await db.Set<WitnessedLog>().AnyAsync(l => l.Origin == key.Name, cancel)) return WitnessRefusals.Twice;

        db.Add(new WitnessedLog { Origin = key.Name, Key = key.ToString(), Name = name, AddedAt = clock.GetUtcNow(), AgreedAt = clock.GetUtcNow() });
        journal.Record(caller.Actor, "witnessed-log.added", key.Name, details: new { name, key = key.ToString() });
        await db.SaveChangesAsync(cancel);
        return null;
    }
}

/// <summary>Nothing of this journal is signed any more. What was seen is forgotten: taken up again, it begins anew, so the journal keeps the last.</summary>
internal sealed class RemoveWitnessedLog(AmanaDb db, Gate gate, JournalWriter journal)
{
    public sealed record Request(string? Origin);

    public async Task<Refusal?> RunAsync(Request request, Caller caller, CancellationToken cancel)
    {
        if (await gate.CheckAsync(caller, Right.ManageWitnesses, cancel) is { } forbidden) return forbidden;
        if (await db.Set<WitnessedLog>().SingleOrDefaultAsync(l => l.Origin == request.Origin, cancel) is not { } log) return WitnessRefusals.NotFound;
        db.Remove(log);
        journal.Record(caller.Actor, "witnessed-log.removed", log.Origin, details: new { log.Size, root = log.Hash.ToString() });
        await db.SaveChangesAsync(cancel);
        return null;
    }
}
