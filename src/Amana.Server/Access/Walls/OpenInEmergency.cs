using Amana.Server.Data;
using Amana.Server.Foundation;
using Amana.Server.Journal;
using Amana.Server.Keys;
using Microsoft.EntityFrameworkCore;

namespace Amana.Server.Access.Walls;

/// <summary>Breaks the glass: an officer outside opens one restricted record because it cannot wait. For four hours, with a reason and
/// a fresh proof; the owner, those inside and compliance see it at once, and compliance reviews it.</summary>
internal sealed class OpenInEmergency(AmanaDb db, Gate gate, Kinds kinds, IDatabaseEngine engine, JournalWriter journal, FieldSealer sealer, TimeProvider clock)
{
    /// <param name="Record">The reference, also of a record of which the officer was only told.</param>
    public sealed record Request(string? Record, string? Reason);

    public sealed record Opened(string Record, string Address, DateTimeOffset Until);

    public async Task<Result<Opened>> RunAsync(Request request, Caller caller, CancellationToken cancel)
    {
        if (await gate.CheckAsync(caller, Right.OpenInEmergency, cancel) is { } forbidden) return forbidden;
        if (caller.Actor.Kind is not ActorKind.Person) return AccessRefusals.OnlyPersonOpens;
        if (WallReason.Read(request.Reason, EmergencyOpening.ReasonShortest) is not { } reason) return AccessRefusals.EmergencyReason;
        if (!kinds.TryRead(request.Record, out var kind, out string? record) || !await kind.ExistsAsync(record, caller, cancel))
        {
            journal.Record(caller.Actor, "emergency.tried", record);
            await db.SaveChangesAsync(cancel);
            return AccessRefusals.RecordUnknown;
        }

        string who = caller.Actor.ToString();
        await using var transaction = await db.Database.BeginTransactionAsync(cancel);
        await engine.TakeTurnAsync(db, $"emergency:{who}", cancel);
        var now = clock.GetUtcNow();
        if (!await db.WallsBefore(caller, now).AnyAsync(w => w.Record == record, cancel)) return AccessRefusals.EmergencyNotNeeded;
        if (await db.Emergencies.CountAsync(e => e.By == who && e.Until > now, cancel) >= EmergencyOpening.AtOnceMost) return AccessRefusals.EmergenciesTooMany;

        var opening = new EmergencyOpening { Id = Id<EmergencyOpening>.New(clock), Record = record, By = who, At = now, Until = now + EmergencyOpening.Lasts };
        opening.Say(reason, sealer);
        db.Emergencies.Add(opening);
        journal.Record(caller.Actor, "emergency.opened", record, details: new { opening.Until }, content: new { reason });
        await db.SaveChangesAsync(cancel);
        await transaction.CommitAsync(cancel);
        return new Opened(record, kind.AddressOf(record), opening.Until);
    }
}
