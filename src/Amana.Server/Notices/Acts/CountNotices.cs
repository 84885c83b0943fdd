using Amana.Server.Access;
using Amana.Server.Data;
using Amana.Server.Foundation;
using Amana.Server.Journal;
using Microsoft.EntityFrameworkCore;

namespace Amana.Server.Notices;

/// <summary>Figures of a year: received, published, refused by reason, by bureau and type, and how long it took. Counted from the steps,
/// which stay when a notice is deleted. Source: domain.md 1.8.</summary>
internal sealed class CountNotices(AmanaDb db, Gate gate, JournalWriter journal, TimeProvider clock)
{
    private static readonly NoticeEvent[] Counted =
        [NoticeEvent.Submit, NoticeEvent.Approve, NoticeEvent.Refuse, NoticeEvent.Publish, NoticeEvent.TakeUp, NoticeEvent.Cancel, NoticeEvent.Withdraw, NoticeEvent.Expire];

    /// <param name="Year">Null: this one.</param>
    public sealed record Request(int? Year = null);

    /// <param name="MedianHoursToDecision">From the last submission to approval or refusal; null without any.</param>
    /// <param name="Reasons">Of refusals, cancellations and withdrawals, most frequent first.</param>
    public sealed record View(int Year, int InForce, int Received, int Published, int Amended, int Refused, int Cancelled, int Withdrawn, int Expired, double? MedianHoursToDecision, double? MedianHoursToPublication,
        IReadOnlyList<ReasonCount> Reasons, IReadOnlyList<Count> ByBureau, IReadOnlyList<Count> ByColour);

    public sealed record ReasonCount(string Code, int Refused, int Cancelled, int Withdrawn);

    /// <param name="Of">Bureau code, or the word of a type.</param>
    public sealed record Count(string Of, int Received, int Published, int Refused);

    public async Task<Result<View>> RunAsync(Request request, Caller caller, CancellationToken cancel)
    {
        if (await gate.CheckAsync(caller, Right.ReviewNotices, cancel) is { } forbidden) return forbidden;
        int year = request.Year ?? clock.GetUtcNow().Year;
        if (year is < 2000 or > 2100) return NoticeRefusals.YearUnknown;
        var from = new DateTimeOffset(year, 1, 1, 0, 0, 0, TimeSpan.Zero);
        var to = from.AddYears(1);
        var steps = db.NoticeSteps.AsNoTracking().Where(s => s.At >= from && s.At < to && Counted.Contains(s.Event));
        var notices = gate.Reach(db.Notices.AsNoTracking(), caller);
        var rows = await steps.Join(notices, s => s.Notice, n => n.Id, (s, n) => new Row(s.Event, s.At, s.Code, n.Colour, n.Bureau.Value, n.SubmittedAt, n.Amends != null)).ToListAsync(cancel);
        int inForce = await notices.CountAsync(n => n.State == NoticeState.Published, cancel);
        journal.Record(caller.Actor, "notices.counted", details: new { year });
        await db.SaveChangesAsync(cancel);
        return Of(year, inForce, rows);
    }

    internal sealed record Row(NoticeEvent Event, DateTimeOffset At, string? Code, NoticeColour Colour, string Bureau, DateTimeOffset? SubmittedAt, bool IsAmendment);

    internal static View Of(int year, int inForce, IReadOnlyList<Row> rows)
    {
        // An amendment has its own submission and review; it is counted as one notice amended, not as one more.
        var own = rows.Where(r => !r.IsAmendment).ToList();
        int Number(NoticeEvent what) => own.Count(r => r.Event == what);
        return new View(year, inForce, Number(NoticeEvent.Submit), Number(NoticeEvent.Publish), rows.Count(r => r.Event is NoticeEvent.TakeUp && r.IsAmendment), Number(NoticeEvent.Refuse), Number(NoticeEvent.Cancel), Number(NoticeEvent.Withdraw),
            Number(NoticeEvent.Expire), Median(rows.Where(r => r.Event is NoticeEvent.Approve or NoticeEvent.Refuse)), Median(own.Where(r => r.Event is NoticeEvent.Publish)),
            [.. rows.Where(r => r.Code is not null).GroupBy(r => r.Code!).Select(g => new ReasonCount(g.Key, g.Count(r => r.Event is NoticeEvent.Refuse), g.Count(r => r.Event is NoticeEvent.Cancel), g.Count(r => r.Event is NoticeEvent.Withdraw)))
                .OrderByDescending(r => r.Refused + r.Cancelled + r.Withdrawn).ThenBy(r => r.Code, StringComparer.Ordinal)],
            By(own, r => r.Bureau), By(own, r => r.Colour.Word()));
    }

    private static List<Count> By(IEnumerable<Row> rows, Func<Row, string> of) => [.. rows.GroupBy(of, StringComparer.Ordinal)
        .Select(g => new Count(g.Key, g.Count(r => r.Event is NoticeEvent.Submit), g.Count(r => r.Event is NoticeEvent.Publish), g.Count(r => r.Event is NoticeEvent.Refuse))).OrderByDescending(c => c.Received).ThenBy(c => c.Of, StringComparer.Ordinal)];

    private static double? Median(IEnumerable<Row> decisions)
    {
        double[] hours = [.. decisions.Where(r => r.SubmittedAt <= r.At).Select(r => (r.At - r.SubmittedAt!.Value).TotalHours).Order()];
        return hours.Length == 0 ? null : Math.Round(hours.Length % 2 == 1 ? hours[hours.Length / 2] : (hours[(hours.Length / 2) - 1] + hours[hours.Length / 2]) / 2, 2);
    }
}
