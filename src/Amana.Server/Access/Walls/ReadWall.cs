using Amana.Server.Data;
using Amana.Server.Foundation;
using Microsoft.EntityFrameworkCore;

namespace Amana.Server.Access.Walls;

/// <summary>For whom a record is, for its own page, and who could be named.</summary>
internal sealed class ReadWall(AmanaDb db, Gate gate, WallDoor door, TimeProvider clock)
{
    /// <param name="Key">A unit's code or a person's key.</param>
    public sealed record Choice(string Key, string Name, bool IsInside);

    /// <param name="Version">Null while the record is for all.</param>
    /// <param name="EmergencyUntil">The reader is here because of an emergency, until then.</param>
    public sealed record View(string Record, long? Version, bool Concealed, DateTimeOffset? SetAt, string? Ask, IReadOnlyList<Choice> Units, IReadOnlyList<Choice> People, DateTimeOffset? EmergencyUntil);

    public async Task<Result<View>> RunAsync(string? reference, Caller caller, CancellationToken cancel)
    {
        if (await gate.CheckAsync(caller, Right.RestrictRecords, cancel) is { } forbidden) return forbidden;
        if (!(await door.FindAsync(reference, caller, cancel)).Succeeded(out var found, out var unknown)) return unknown;
        var (record, wall) = (found.Record, found.Wall);
        var until = found.IsInside ? null : await EmergencyAsync(record, caller, cancel);
        if (!found.IsInside && until is null) return (await door.FindInsideAsync(reference, caller, cancel)).Succeeded(out _, out var outside) ? AccessRefusals.RecordUnknown : outside;

        var inside = wall?.Admits.Select(a => a.Who).ToHashSet(StringComparer.Ordinal) ?? [];
        var units = await db.Units.AsNoTracking().OrderBy(u => u.Name).ToListAsync(cancel);
        var people = await db.Set<Person>().AsNoTracking().Where(p => p.ClosedAt == null && p.JoinedAt != null && p.Roles.Any(r => r.Role == Role.Officer || r.Role == Role.SecondOfficer || r.Role == Role.Analyst))
            .OrderBy(p => p.DisplayName).Select(p => new { p.Id, p.DisplayName }).ToListAsync(cancel);
        return new View(record, wall?.Version, wall?.Concealed ?? false, wall?.SetAt, wall is null ? null : await door.AskAsync(wall, cancel),
            [.. units.Select(u => new Choice(u.Code, u.Name, inside.Contains(u.AsKey)))],
            [.. people.Select(p => new Choice(p.Id.ToString(), p.DisplayName, inside.Contains($"person:{p.Id}")))], until);
    }

    private async Task<DateTimeOffset?> EmergencyAsync(string record, Caller caller, CancellationToken cancel)
    {
        var now = clock.GetUtcNow();
        string who = caller.Actor.ToString();
        return await db.Emergencies.Where(e => e.Record == record && e.By == who && e.Until > now).Select(e => (DateTimeOffset?)e.Until).MaxAsync(cancel);
    }
}
