using Amana.Server.Data;
using Amana.Server.Foundation;
using Microsoft.EntityFrameworkCore;

namespace Amana.Server.Access.Walls;

/// <summary>The units of the bureau, and who is in which.</summary>
internal sealed class ReadUnits(AmanaDb db, Gate gate)
{
    public sealed record UnitView(string Code, string Name, int People);

    public async Task<Result<IReadOnlyList<UnitView>>> RunAsync(Caller caller, CancellationToken cancel)
    {
        if (await gate.CheckAsync(caller, Right.ReadPeople, cancel) is { } forbidden) return forbidden;
        return await db.Units.AsNoTracking().OrderBy(u => u.Name)
            .Select(u => new UnitView(u.Code, u.Name, db.Set<UnitMember>().Count(m => m.Unit == u.Code && db.Set<Person>().Any(p => p.Id == m.PersonId && p.ClosedAt == null)))).ToListAsync(cancel);
    }

    /// <returns>The code of the person's unit; null for none.</returns>
    public async Task<Result<string?>> OfAsync(Guid person, Caller caller, CancellationToken cancel)
    {
        if (await gate.CheckAsync(caller, Right.ReadPeople, cancel) is { } forbidden) return forbidden;
        return await db.UnitMembers.Where(m => m.PersonId == person).Select(m => m.Unit).SingleOrDefaultAsync(cancel);
    }
}
