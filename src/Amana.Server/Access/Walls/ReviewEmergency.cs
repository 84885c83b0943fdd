using Amana.Server.Data;
using Amana.Server.Foundation;
using Amana.Server.Journal;
using Amana.Server.Keys;
using Microsoft.EntityFrameworkCore;

namespace Amana.Server.Access.Walls;

/// <summary>Compliance says of an emergency: justified or not, with the reason. What was not justified ends at once.</summary>
internal sealed class ReviewEmergency(AmanaDb db, Gate gate, IDatabaseEngine engine, JournalWriter journal, FieldSealer sealer, TimeProvider clock)
{
    public sealed record Request(Guid Emergency, bool? Justified, string? Finding);

    public async Task<Refusal?> RunAsync(Request request, Caller caller, CancellationToken cancel)
    {
        if (await gate.CheckAsync(caller, Right.ReviewEmergencies, cancel) is { } forbidden) return forbidden;
        if (request.Justified is not { } justified || WallReason.Read(request.Finding) is not { } finding) return AccessRefusals.EmergencyFinding;
        var id = new Id<EmergencyOpening>(request.Emergency);
        var opening = await db.Emergencies.SingleOrDefaultAsync(e => e.Id == id, cancel);
        if (opening is null) return AccessRefusals.EmergencyUnknown;
        if (opening.Review(justified, finding, caller.Actor.ToString(), clock.GetUtcNow(), sealer) is { } refused) return refused;
        journal.Record(caller.Actor, "emergency.reviewed", opening.Record, details: new { justified }, content: new { finding });
        return await db.SaveOrRefuseAsync(engine, AccessRefusals.EmergencyReviewed, cancel);
    }
}
