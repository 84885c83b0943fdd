using Amana.Exchange.Handling;
using Amana.Server.Access;
using Amana.Server.Data;
using Amana.Server.Foundation;
using Amana.Server.Journal;
using Microsoft.EntityFrameworkCore;

namespace Amana.Server.Threads;

/// <summary>Figures of a year. In figures for others stands only what its originators let be counted for them (docs/specs/handling.md).</summary>
internal sealed class CountThreads(AmanaDb db, Gate gate, JournalWriter journal, ThreadDesk desk, TimeProvider clock)
{
    /// <param name="ForOthers">The figures leave the house.</param>
    public sealed record Request(int? Year, bool ForOthers);

    /// <param name="KeptOut">Messages that are not counted, because of their handling.</param>
    public sealed record View(int Year, bool ForOthers, int Threads, int Sent, int Received, int Asked, int AnsweredInTime, int AnsweredLate, int Open, int KeptOut);

    public async Task<Result<View>> RunAsync(Request request, Caller caller, CancellationToken cancel)
    {
        if (await gate.CheckAsync(caller, Right.ReadMessages, cancel) is { } forbidden) return forbidden;
        int year = request.Year ?? clock.GetUtcNow().Year;
        if (year is < 2000 or > 2100) return ThreadRefusals.Year;
        DateTimeOffset from = new(year, 1, 1, 0, 0, 0, TimeSpan.Zero), to = from.AddYears(1);
        var threads = gate.Reach(db.CaseThreads.AsNoTracking(), caller);
        var all = db.ThreadMessages.AsNoTracking().Where(m => m.WrittenAt >= from && m.WrittenAt < to && m.Handled && !m.IsGone && threads.Any(t => t.Id == m.Thread));
        // What would be said of a single one: passing on, a condition that nobody confirms here, an audience, confidentiality.
        var counted = !request.ForOthers ? all
            : all.Where(m => (m.Codes == HandlingCodes.None || m.Codes == HandlingCodes.NotInCourt) && m.Level != ConfidentialityLevel.Confidential && !m.IsLimited);
        string self = desk.Self.Value;
        var asks = db.ThreadAsks.AsNoTracking().Where(a => a.Owes == self && counted.Any(m => m.Id == a.Message));
        int sent = await counted.CountAsync(m => m.Sender == self, cancel), received = await counted.CountAsync(m => m.Sender != self, cancel);
        var view = new View(year, request.ForOthers, await threads.CountAsync(t => counted.Any(m => m.Thread == t.Id), cancel), sent, received, await asks.CountAsync(cancel),
            await asks.CountAsync(a => a.AnsweredAt != null && (a.DueAt == null || a.AnsweredAt <= a.DueAt), cancel), await asks.CountAsync(a => a.AnsweredAt > a.DueAt, cancel),
            await asks.CountAsync(a => a.AnsweredAt == null, cancel), await all.CountAsync(cancel) - sent - received);
        journal.Record(caller.Actor, "threads.counted", details: new { year, request.ForOthers, view.KeptOut });
        await db.SaveChangesAsync(cancel);
        return view;
    }
}
