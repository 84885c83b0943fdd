using Amana.Server.Access;
using Amana.Server.Data;
using Amana.Server.Foundation;
using Amana.Server.Journal;
using Microsoft.EntityFrameworkCore;

namespace Amana.Server.Notices;

/// <summary>Which protections hold and which bureaus may send no requests. No name is kept of who is protected, and who confirmed it is
/// told to nobody.</summary>
internal sealed class ListSafeguards(AmanaDb db, Gate gate, JournalWriter journal)
{
    public const int RowsMax = 500;

    public sealed record Request;

    public sealed record ProtectionRow(Id<Protection> Id, IReadOnlyList<string> Against, DateTimeOffset From, DateTimeOffset? Until);

    public sealed record MeasureRow(string Bureau, DateTimeOffset Since, string Reason, DateTimeOffset? Until);

    public sealed record View(IReadOnlyList<ProtectionRow> Protections, IReadOnlyList<MeasureRow> Measures);

    public async Task<Result<View>> RunAsync(Request request, Caller caller, CancellationToken cancel)
    {
        if (await gate.CheckAsync(caller, Right.ReviewNotices, cancel) is { } forbidden) return forbidden;
        var protections = await db.Protections.AsNoTracking().OrderBy(p => p.Until != null).ThenByDescending(p => p.From).Take(RowsMax).Select(p => new { p.Id, p.Against, p.From, p.Until }).ToListAsync(cancel);
        var measures = await db.BureauMeasures.AsNoTracking().OrderBy(m => m.Until != null).ThenBy(m => m.Bureau).Take(RowsMax).ToListAsync(cancel);
        journal.Record(caller.Actor, "safeguards.listed", details: new { protections = protections.Count, measures = measures.Count });
        await db.SaveChangesAsync(cancel);
        return new View([.. protections.Select(p => new ProtectionRow(p.Id, p.Against.Split(',', StringSplitOptions.RemoveEmptyEntries), p.From, p.Until))],
            [.. measures.Select(m => new MeasureRow(m.Bureau, m.Since, m.Reason, m.Until))]);
    }
}
