using Amana.Server.Access;
using Amana.Server.Data;
using Amana.Server.Foundation;
using Amana.Server.Journal;
using Microsoft.EntityFrameworkCore;

namespace Amana.Server.Notices;

/// <summary>The notices that the caller may see, newest first, or those that wait longest.</summary>
internal sealed class ListNotices(AmanaDb db, Gate gate, JournalWriter journal)
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
        var notices = db.Notices.AsNoTracking().VisibleTo(caller).Where(n => n.State != NoticeState.Deleted);
        if (request.Colour is { } colour) notices = notices.Where(n => n.Colour == colour);
        if (request.States.Count > 0) notices = notices.Where(n => request.States.Contains(n.State));
        if (!string.IsNullOrWhiteSpace(request.Text))
        {
            string part = $"%{request.Text.Trim().Replace(@"\", @"\\", StringComparison.Ordinal).Replace("%", @"\%", StringComparison.Ordinal).Replace("_", @"\_", StringComparison.Ordinal)}%".ToUpperInvariant();
            notices = notices.Where(n => EF.Functions.Like(n.SearchText, part, @"\") || EF.Functions.Like(n.Reference, part, @"\"));
        }

        int total = await notices.CountAsync(cancel);
        notices = request.OldestFirst ? notices.OrderBy(n => n.ChangedAt).ThenBy(n => n.Reference) : notices.OrderByDescending(n => n.ChangedAt).ThenByDescending(n => n.Reference);
        var page = await notices.Skip(request.Offset).Take(request.Limit).ToListAsync(cancel);
        journal.Record(caller.Actor, "notice.listed", details: new { total, shown = page.Count, request.Colour, request.States }, content: string.IsNullOrWhiteSpace(request.Text) ? null : new { asked = request.Text });
        await db.SaveChangesAsync(cancel);
        return new NoticePage(total, page.ConvertAll(NoticeViews.RowOf));
    }
}
