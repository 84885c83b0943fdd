using Amana.Exchange.Handling;
using Amana.Server.Access;
using Amana.Server.Data;
using Amana.Server.Foundation;
using Amana.Server.Journal;
using Microsoft.EntityFrameworkCore;

namespace Amana.Server.Threads;

/// <summary>The threads of the bureau, those with news first to last, or those whose subject has the words that are asked for. What is over is in neither, nor
/// in a count.</summary>
internal sealed class ListThreads(AmanaDb db, Gate gate, JournalWriter journal, SubjectIndex index, ThreadBook book, TimeProvider clock)
{
    public const int LimitMost = 100, LimitUsual = 30, FoundMost = 500, LineChars = 90, QueryCharsMost = 200;

    public static IReadOnlyList<string> Filters { get; } = ["all", "unread", "to-answer", "mine", "closed"];

    /// <param name="Filter">One of <see cref="Filters"/>.</param>
    /// <param name="Query">Words of the subject, or a reference it is about.</param>
    public sealed record Request(string? Filter = null, string? Query = null, int Page = 1, int Limit = LimitUsual);

    /// <param name="Total">At most <see cref="FoundMost"/> of a search.</param>
    public sealed record View(IReadOnlyList<ThreadRow> Threads, int Total, int Unread, int ToAnswer);

    public async Task<Result<View>> RunAsync(Request request, Caller caller, CancellationToken cancel)
    {
        if (await gate.CheckAsync(caller, Right.ReadMessages, cancel) is { } forbidden) return forbidden;
        if (request.Limit is < 1 or > LimitMost) return ThreadRefusals.Limit;
        string filter = request.Filter ?? "all";
        if (!Filters.Contains(filter)) return ThreadRefusals.Filter;
        var now = clock.GetUtcNow();
        var reach = gate.Reach(db.CaseThreads.AsNoTracking(), caller);
        var asked = await AskedAsync(Filtered(reach, filter, caller, !string.IsNullOrWhiteSpace(request.Query)), request.Query, now, cancel);
        var rows = await asked.OrderByDescending(t => t.LastAt).ThenByDescending(t => t.Number).Skip((Math.Clamp(request.Page, 1, 10_000) - 1) * request.Limit).Take(request.Limit).ToListAsync(cancel);
        var view = new View(await WithLinesAsync(rows, now, cancel), await asked.CountAsync(cancel),
            await reach.CountAsync(t => t.Unread > 0 && t.State == ThreadState.Open, cancel), await reach.CountAsync(t => t.DueAt != null, cancel));
        journal.Record(caller.Actor, "threads.listed", details: new { filter, searched = !string.IsNullOrWhiteSpace(request.Query), shown = rows.Count },
            content: string.IsNullOrWhiteSpace(request.Query) ? null : new { query = request.Query });
        await db.SaveChangesAsync(cancel);
        return view;
    }

    private static IQueryable<CaseThread> Filtered(IQueryable<CaseThread> threads, string filter, Caller caller, bool searched)
    {
        string me = caller.Actor.ToString();
        return filter switch
        {
            "unread" => threads.Where(t => t.Unread > 0 && t.State == ThreadState.Open),
            "to-answer" => threads.Where(t => t.DueAt != null),
            "mine" => threads.Where(t => t.AssignedTo == me && t.State == ThreadState.Open),
            "closed" => threads.Where(t => t.State == ThreadState.Closed),
            "all" when searched => threads, // also what is closed
            _ => threads.Where(t => t.State == ThreadState.Open),
        };
    }

    private async Task<IQueryable<CaseThread>> AskedAsync(IQueryable<CaseThread> threads, string? query, DateTimeOffset now, CancellationToken cancel)
    {
        if (string.IsNullOrWhiteSpace(query)) return threads;
        if (query.Length > QueryCharsMost) query = query[..QueryCharsMost];
        if (ThreadReference.TryRead(query, out string? reference)) return threads.Where(t => t.Reference == reference);
        var numbers = await index.FindAsync(query, FoundMost, cancel);
        return numbers is null ? threads.Where(t => false) : threads.InUse(now).Where(t => numbers.Contains(t.Number));
    }

    private static string Beginning(string line) => line.Length <= LineChars ? line : line[..(char.IsHighSurrogate(line[LineChars - 1]) ? LineChars - 1 : LineChars)].TrimEnd() + "…";

    // One look at the database for all rows; each line is shown as the handling of its message lets it.
    private async Task<IReadOnlyList<ThreadRow>> WithLinesAsync(List<CaseThread> threads, DateTimeOffset now, CancellationToken cancel)
    {
        var keys = threads.ConvertAll(t => t.Id);
        var lasts = await db.ThreadMessages.AsNoTracking().Where(m => keys.Contains(m.Thread) && !m.IsGone && m.Handled)
            .GroupBy(m => m.Thread).Select(g => g.OrderByDescending(m => m.ArrivedAt ?? m.WrittenAt).First()).ToListAsync(cancel);
        var byThread = lasts.ToDictionary(m => m.Thread);
        return threads.ConvertAll(thread =>
        {
            var row = ThreadRow.Of(thread);
            if (thread.SubjectUntil <= now) row = row with { Subject = "" };
            if (!byThread.TryGetValue(thread.Id, out var last)) return row;
            var ask = new HandlingAsk { Act = HandlingAct.Search, By = book.Self, At = now };
            bool shown = HandlingRules.Decide(last.Content.Items(last.Id).Select(i => (i.Handling, ask))).Allowed;
            string line = last.Content.Text.ReplaceLineEndings(" ");
            return row with { LastFrom = last.Sender, LastLine = !shown ? null : Beginning(line) };
        });
    }
}
