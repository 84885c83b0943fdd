using Amana.Server.Data;
using Amana.Server.Foundation;
using Amana.Server.Journal;
using Microsoft.EntityFrameworkCore;

namespace Amana.Server.Access.Walls;

/// <summary>Puts a person into a unit, or out of all. Counts from the person's next request on.</summary>
/// <remarks>Not oneself: who gives units does not walk through walls. An administrator opens no record anyway.</remarks>
internal sealed class PlacePerson(AmanaDb db, Gate gate, JournalWriter journal)
{
    /// <param name="Unit">A code; null or empty: none.</param>
    public sealed record Request(Guid Person, string? Unit);

    public async Task<Refusal?> RunAsync(Request request, Caller caller, CancellationToken cancel)
    {
        if (await gate.CheckAsync(caller, Right.ManagePeople, cancel) is { } forbidden) return forbidden;
        var person = await db.Set<Person>().AsNoTracking().SingleOrDefaultAsync(p => p.Id == request.Person, cancel);
        if (person is null) return AccessRefusals.PersonNotFound;
        if (person.AsActor == caller.Actor) return AccessRefusals.NotOneself;
        string? unit = string.IsNullOrWhiteSpace(request.Unit) ? null : request.Unit.Trim();
        if (unit is not null && !await db.Units.AnyAsync(u => u.Code == unit, cancel)) return AccessRefusals.UnitUnknown;

        var member = await db.UnitMembers.SingleOrDefaultAsync(m => m.PersonId == person.Id, cancel);
        string? before = member?.Unit;
        if (before == unit) return null;
        if (unit is null) db.UnitMembers.Remove(member!);
        else if (member is null) db.UnitMembers.Add(new UnitMember { PersonId = person.Id, Unit = unit });
        else member.Unit = unit;
        journal.Record(caller.Actor, "person.unit-changed", person.Id, details: new { before, after = unit });
        await db.SaveChangesAsync(cancel);
        return null;
    }
}
