using Amana.Server.Data;
using Amana.Server.Foundation;
using Amana.Server.Journal;

namespace Amana.Server.Access.Walls;

/// <summary>Somebody inside opens a record again to all who may read its kind.</summary>
internal sealed class LiftRestriction(AmanaDb db, Gate gate, WallDoor door, IDatabaseEngine engine, JournalWriter journal)
{
    public sealed record Request(string? Record, string? Reason, long? Version);

    public async Task<Refusal?> RunAsync(Request request, Caller caller, CancellationToken cancel)
    {
        if (await gate.CheckAsync(caller, Right.RestrictRecords, cancel) is { } forbidden) return forbidden;
        if (caller.Actor.Kind is not ActorKind.Person) return AccessRefusals.OnlyPersonOpens;
        if (!(await door.FindInsideAsync(request.Record, caller, cancel)).Succeeded(out var found, out var outside)) return outside;
        if (found.Wall is not { } wall) return AccessRefusals.NotRestricted;
        if (WallReason.Read(request.Reason) is not { } reason) return AccessRefusals.WallReason;
        if (request.Version is { } seen && seen != wall.Version) return AccessRefusals.WallChanged;
        db.Walls.Remove(wall);
        journal.Record(caller.Actor, "record.unrestricted", wall.Record, content: new { reason });
        return await db.SaveOrRefuseAsync(engine, AccessRefusals.WallChanged, cancel);
    }
}
