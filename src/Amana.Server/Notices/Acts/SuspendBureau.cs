using Amana.Server.Access;
using Amana.Server.Data;
using Amana.Server.Foundation;
using Amana.Server.Journal;
using Amana.Vocabulary;
using Microsoft.EntityFrameworkCore;

namespace Amana.Server.Notices;

/// <summary>A bureau may send no requests, or may again. Source: RPD, articles 130 and 131.</summary>
internal sealed class SuspendBureau(AmanaDb db, Gate gate, JournalWriter journal, TimeProvider clock)
{
    public sealed record Request(string? Bureau, bool Suspended, string? Reason);

    public async Task<Refusal?> RunAsync(Request request, Caller caller, CancellationToken cancel)
    {
        if (await gate.CheckAsync(caller, Right.ReviewNotices, cancel) is { } forbidden) return forbidden;
        if (!BureauCode.TryParse(request.Bureau, null, out var bureau)) return NoticeRefusals.MeasureUnknown;
        if (string.IsNullOrWhiteSpace(request.Reason)) return NoticeRefusals.ReasonMissing;
        if (request.Reason.Length > Notice.ReasonCharsMax) return NoticeRefusals.ReasonTooLong;

        var now = clock.GetUtcNow();
        var measure = await db.BureauMeasures.SingleOrDefaultAsync(m => m.Bureau == bureau.Value, cancel);
        if (measure is null && request.Suspended) db.BureauMeasures.Add(new BureauMeasure { Bureau = bureau.Value, Since = now, Reason = request.Reason.Trim() });
        else if (measure is not null && request.Suspended) (measure.Since, measure.Reason, measure.Until) = (now, request.Reason.Trim(), null);
        else if (measure is not null) measure.Until = now;
        journal.Record(caller.Actor, request.Suspended ? "bureau.suspended" : "bureau.restored", bureau, details: new { reason = request.Reason.Trim() });
        await db.SaveChangesAsync(cancel);
        return null;
    }
}
