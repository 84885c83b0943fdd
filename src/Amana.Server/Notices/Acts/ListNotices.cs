using Amana.Server.Access;
using Amana.Server.Data;
using Amana.Server.Foundation;
using Amana.Server.Journal;
using Microsoft.EntityFrameworkCore;

namespace Amana.Server.Notices;

/// <summary>The notices that the caller may see, newest first, or those that wait longest.</summary>
internal sealed class ListNotices(AmanaDb db, Gate gate, JournalWriter journal, NamesInMind names)
{
    public const int PageMax = 200;
    public const int OffsetMax = 100_000;

    public sealed record Request
    {
        public NoticeColour? Colour { get; init; }
        public IReadOnlyList<NoticeState> States { get; init; } = [];
        /// <summary>Part of a name or of a reference.</summary>
        public string? Text { get; init; }
        public bool OldestFirst { get; init; }
        public int Limit { get; init; } = 50;
        public int Offset { get; init; }
    }

    public async Task<Result<NoticePage>> RunAsync(Request request, Caller caller, CancellationToken cancel)
    {
        if (await gate.CheckAsync(caller, Right.ReadNotices, cancel) is { } forbidden) return forbidden;
        if (request.Limit is < 1 or > PageMax || request.Offset is < 0 or > OffsetMax) return NoticeRefusals.ListLimit;
        var notices = gate.Reach(db.Notices.AsNoTracking().VisibleTo(caller), caller).Where(n => n.State != NoticeState.Deleted && n.State != NoticeState.TakenUp);
        if (request.Colour is { } colour) notices = notices.Where(n => n.Colour == colour);
        if (request.States.Count > 0) notices = notices.Where(n => request.States.Contains(n.State));
        notices = request.OldestFirst ? notices.OrderBy(n => n.ChangedAt).ThenBy(n => n.Reference) : notices.OrderByDescending(n => n.ChangedAt).ThenByDescending(n => n.Reference);
        var (total, page) = await PageAsync(notices, request, cancel);
        journal.Record(caller.Actor, "notice.listed", details: new { total, shown = page.Count, request.Colour, request.States }, content: string.IsNullOrWhiteSpace(request.Text) ? null : new { asked = request.Text });
        await db.SaveChangesAsync(cancel);
        return new NoticePage(total, page.ConvertAll(NoticeViews.RowOf));
    }

    private async Task<(int Total, List<Notice> Page)> PageAsync(IQueryable<Notice> notices, Request request, CancellationToken cancel)
    {
        if (string.IsNullOrWhiteSpace(request.Text)) return (await notices.CountAsync(cancel), await notices.Skip(request.Offset).Take(request.Limit).ToListAsync(cancel));
        var found = await names.FindAsync(db, notices, request.Text.Trim().ToUpperInvariant(), cancel);
        var shown = found.Skip(request.Offset).Take(request.Limit).ToList();
        var rows = await db.Notices.AsNoTracking().Where(n => shown.Contains(n.Id)).ToDictionaryAsync(n => n.Id, cancel);
        return (found.Count, [.. shown.Where(rows.ContainsKey).Select(id => rows[id])]);
    }
}
