using Amana.Server.Data;
using Amana.Server.Foundation;
using Amana.Server.Journal;
using Microsoft.EntityFrameworkCore;

namespace Amana.Server.Access.Walls;

/// <summary>Makes a unit of the bureau, or gives it another name.</summary>
internal sealed class MakeUnit(AmanaDb db, Gate gate, JournalWriter journal, TimeProvider clock)
{
    /// <param name="Code">Of a new unit, or of one that gets another name.</param>
    public sealed record Request(string? Code, string? Name);

    public async Task<Refusal?> RunAsync(Request request, Caller caller, CancellationToken cancel)
    {
        if (await gate.CheckAsync(caller, Right.ManagePeople, cancel) is { } forbidden) return forbidden;
        string code = (request.Code ?? "").Trim(), name = (request.Name ?? "").Trim();
        if (!Unit.IsCode(code)) return AccessRefusals.UnitCode;
        if (name.Length is 0 or > Unit.NameCharsMax || name.Any(char.IsControl)) return AccessRefusals.UnitName;
        var unit = await db.Units.SingleOrDefaultAsync(u => u.Code == code, cancel);
        journal.Record(caller.Actor, unit is null ? "unit.made" : "unit.renamed", code);
        if (unit is null) db.Units.Add(new Unit { Code = code, Name = name, MadeAt = clock.GetUtcNow() });
        else unit.Name = name;
        await db.SaveChangesAsync(cancel);
        return null;
    }
}
