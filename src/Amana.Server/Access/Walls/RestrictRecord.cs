using Amana.Server.Data;
using Amana.Server.Foundation;
using Amana.Server.Journal;
using Microsoft.EntityFrameworkCore;

namespace Amana.Server.Access.Walls;

/// <summary>Says of one record that it is for some units and people only, or changes for whom.</summary>
internal sealed class RestrictRecord(AmanaDb db, Gate gate, WallDoor door, IDatabaseEngine engine, JournalWriter journal, TimeProvider clock)
{
    /// <param name="Record">A reference.</param>
    /// <param name="Units">Codes.</param>
    /// <param name="Concealed">Others do not learn that it exists; otherwise they learn whom to ask.</param>
    /// <param name="Reason">10 to 1,000 letters; content of the journal entry.</param>
    /// <param name="Version">As it was on the screen; null when it was not restricted.</param>
    public sealed record Request(string? Record, IReadOnlyCollection<string> Units, IReadOnlyCollection<Guid> People, bool Concealed, string? Reason, long? Version);

    public async Task<Refusal?> RunAsync(Request request, Caller caller, CancellationToken cancel)
    {
        if (await gate.CheckAsync(caller, Right.RestrictRecords, cancel) is { } forbidden) return forbidden;
        if (caller.Actor.Kind is not ActorKind.Person) return AccessRefusals.OnlyPersonOpens;
        if (!(await door.FindInsideAsync(request.Record, caller, cancel)).Succeeded(out var found, out var outside)) return outside;
        if (WallReason.Read(request.Reason) is not { } reason) return AccessRefusals.WallReason;
        if (await UnknownAsync(request, cancel) is { } nobody) return nobody;

        bool isNew = found.Wall is null;
        var wall = found.Wall ?? New(found, caller);
        if (!isNew && wall.Version != request.Version) return AccessRefusals.WallChanged;
        string[] keys = [.. request.Units.Select(Unit.KeyOf), .. request.People.Select(p => $"person:{p}")];
        if (wall.Admit(keys, found.Own) is { } refused) return refused;
        (wall.Concealed, wall.SetAt) = (request.Concealed, clock.GetUtcNow());
        if (isNew) db.Walls.Add(wall);
        journal.Record(caller.Actor, "record.restricted", wall.Record, details: new { request.Concealed, request.Units, people = request.People.Count }, content: new { reason });
        return await db.SaveOrRefuseAsync(engine, AccessRefusals.WallChanged, cancel);
    }

    private Wall New(WallDoor.Found found, Caller caller) => new()
    {
        Record = found.Record, Owner = caller.Actor.ToString(), Concealed = false, SetAt = clock.GetUtcNow(),
        OwnerUnit = found.Own.FirstOrDefault(k => k.StartsWith(Unit.KeyPrefix, StringComparison.Ordinal))?[Unit.KeyPrefix.Length..],
    };

    private async Task<Refusal?> UnknownAsync(Request request, CancellationToken cancel)
    {
        var units = request.Units.Distinct().ToList();
        if (await db.Units.CountAsync(u => units.Contains(u.Code), cancel) != units.Count) return AccessRefusals.UnitUnknown;
        var people = request.People.Distinct().ToList();
        return await db.Set<Person>().CountAsync(p => people.Contains(p.Id) && p.ClosedAt == null, cancel) != people.Count ? AccessRefusals.PersonNotFound : null;
    }
}

/// <summary>Reads why a restriction is set or lifted.</summary>
internal static class WallReason
{
    /// <returns>Null when it is shorter than 10 or longer than 1,000 letters.</returns>
    public static string? Read(string? text, int shortest = 10) => text?.Trim() is { } reason && reason.Length >= shortest && reason.Length <= EmergencyOpening.ReasonLongest ? reason : null;
}
