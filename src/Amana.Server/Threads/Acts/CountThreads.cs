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

    /// <param name="OpenThreads">Those of the year's threads that are not closed now.</param>
    /// <param name="Asked">Questions that were put to us; so are the four after it.</param>
    /// <param name="Overdue">Of the open ones: their term is over.</param>
    /// <param name="KeptOut">Messages that are not counted, because of their handling.</param>
    public sealed record View(
        int Year, bool ForOthers, int Threads, int OpenThreads, int Sent, int Received, int Asked, int AnsweredInTime, int AnsweredLate, int Open, int Overdue, int KeptOut, IReadOnlyList<BureauRow> ByBureau);

    /// <param name="Ours">Answers that we owe, or owed, to that bureau.</param>
    /// <param name="Theirs">Answers that it owes, or owed, to us.</param>
    public sealed record BureauRow(string Bureau, Answers Ours, Answers Theirs);

    /// <param name="Overdue">Of the open ones: their term is over.</param>
    public sealed record Answers(int InTime, int Late, int Open, int Overdue)
    {
        public static readonly Answers None = new(0, 0, 0, 0);

        public int Asked => InTime + Late + Open;
    }

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
        var now = clock.GetUtcNow();
        var sides = await db.ThreadAsks.AsNoTracking().Where(a => (a.Owes == self || a.Asker == self) && counted.Any(m => m.Id == a.Message)).GroupBy(a => new { a.Asker, a.Owes }).Select(g => new
        {
            g.Key.Asker, g.Key.Owes,
            Answers = new Answers(g.Count(a => a.AnsweredAt != null && (a.DueAt == null || a.AnsweredAt <= a.DueAt)), g.Count(a => a.AnsweredAt > a.DueAt), g.Count(a => a.AnsweredAt == null), g.Count(a => a.AnsweredAt == null && a.DueAt < now)),
        }).ToListAsync(cancel);
        var ours = sides.Where(s => s.Owes == self).ToDictionary(s => s.Asker, s => s.Answers);
        var theirs = sides.Where(s => s.Asker == self).ToDictionary(s => s.Owes, s => s.Answers);
        int sent = await counted.CountAsync(m => m.Sender == self, cancel), received = await counted.CountAsync(m => m.Sender != self, cancel);
        var those = threads.Where(t => counted.Any(m => m.Thread == t.Id));
        var view = new View(year, request.ForOthers, await those.CountAsync(cancel), await those.CountAsync(t => t.State == ThreadState.Open, cancel), sent, received, ours.Values.Sum(a => a.Asked), ours.Values.Sum(a => a.InTime),
            ours.Values.Sum(a => a.Late), ours.Values.Sum(a => a.Open), ours.Values.Sum(a => a.Overdue), await all.CountAsync(cancel) - sent - received,
            [.. ours.Keys.Union(theirs.Keys).Order(StringComparer.Ordinal).Select(b => new BureauRow(b, ours.GetValueOrDefault(b, Answers.None), theirs.GetValueOrDefault(b, Answers.None)))]);
        journal.Record(caller.Actor, "threads.counted", details: new { year, request.ForOthers, view.KeptOut });
        await db.SaveChangesAsync(cancel);
        return view;
    }
}
