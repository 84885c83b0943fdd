using Amana.Server.Access;
using Amana.Server.Data;
using Amana.Server.Foundation;
using Amana.Server.Journal;
using Amana.Server.PublicNotices;

namespace Amana.Server.Notices;

/// <summary>What others would see of a request, for who writes or reviews it: a recipient, and the public.</summary>
internal sealed class PreviewNotice(AmanaDb db, Gate gate, JournalWriter journal, NoticeDesk desk, TimeProvider clock)
{
    public sealed record Request(string Reference);

    /// <param name="Public">Null when nothing of it would be public.</param>
    public sealed record View(NoticeRow Row, IReadOnlyDictionary<string, IReadOnlyList<string>> Recipient, ReleasedNotice? Public, int Pictures, int PublicPictures);

    public async Task<Result<View>> RunAsync(Request request, Caller caller, CancellationToken cancel)
    {
        if (await gate.CheckAsync(caller, Right.ReadNotices, cancel) is { } closed) return closed;
        if (!caller.Has(Right.ReviewNotices) && !caller.Has(Right.DraftNotices)) return NoticeRefusals.Unknown; // who neither writes nor reviews has no request to look at
        var right = caller.Has(Right.ReviewNotices) ? Right.ReviewNotices : Right.DraftNotices;
        if (await gate.CheckAsync(caller, right, cancel) is { } forbidden) return forbidden;
        if (!(await desk.FindAsync(request.Reference, caller, cancel)).Succeeded(out var notice, out var unknown)) return unknown;
        if (right is Right.DraftNotices && notice.Bureau != caller.Bureau) return NoticeRefusals.Unknown;
        if (!(await gate.CheckAsync(caller, right, notice.Rules.Purpose, cancel)).Succeeded(out var purpose, out forbidden)) return forbidden;
        journal.Record(caller.Actor, "notice.read", notice.Reference, purpose, new { notice.State, notice.Version, preview = true });
        await db.SaveChangesAsync(cancel);
        bool isPublic = NoticeBoard.MayBePublic(notice);
        return new View(NoticeViews.RowOf(notice), notice.Content.Values.Where(f => f.Key != "except").ToDictionary(StringComparer.Ordinal),
            isPublic ? Extract.Of(notice, notice.PublicId ?? "—", clock.GetUtcNow()) : null, notice.Pictures, isPublic && Extract.Releases(notice, "photograph") ? notice.Pictures : 0);
    }
}
