using Amana.Server.Access;
using Amana.Server.Data;
using Amana.Server.Foundation;
using Amana.Server.Journal;
using Microsoft.EntityFrameworkCore;

namespace Amana.Server.Notices;

/// <summary>Says something beside a notice that everybody reads before it: a correction, a refused extradition, a caveat. Its owner
/// says it, or a reviewer; caveats and orders only a reviewer. Source: domain.md 1.11.</summary>
internal sealed class AddAddendum(AmanaDb db, Gate gate, JournalWriter journal, NoticeDesk desk, NoticeBoard board, NoticeTurn turns, TimeProvider clock)
{
    /// <param name="Texts">By language: ar, en, fr, es.</param>
    /// <param name="Replaces">The addendum that this one takes the place of.</param>
    /// <param name="Version">Of the notice as it was on the screen; null when the caller keeps none.</param>
    public sealed record Request(string Reference, AddendumKind Kind, IReadOnlyDictionary<string, string?> Texts, Id<NoticeAddendum>? Replaces = null, long? Version = null);

    public async Task<Result<Id<NoticeAddendum>>> RunAsync(Request request, Caller caller, CancellationToken cancel)
    {
        var right = caller.Has(Right.ReviewNotices) ? Right.ReviewNotices : Right.DraftNotices;
        if (await gate.CheckAsync(caller, right, cancel) is { } forbidden) return forbidden;
        using var turn = await turns.TakeAsync(cancel);
        if (!(await desk.FindAsync(request.Reference, caller, cancel)).Succeeded(out var notice, out var unknown)) return unknown;
        if (right is Right.DraftNotices && notice.Bureau != caller.Bureau) return NoticeRefusals.Unknown;
        if (!(await gate.CheckAsync(caller, right, notice.Rules.Purpose, cancel)).Succeeded(out var purpose, out forbidden)) return forbidden;
        if (right is Right.DraftNotices && NoticeAddendum.IsOfReviewers(request.Kind)) return NoticeRefusals.AddendumOfReviewers;
        var texts = request.Texts.Where(t => NoticeRules.Languages.Contains(t.Key) && !string.IsNullOrWhiteSpace(t.Value)).ToDictionary(t => t.Key, t => t.Value!.Trim(), StringComparer.Ordinal);
        if (texts.Count == 0) return NoticeRefusals.AddendumEmpty;
        if (texts.Values.Any(t => t.Length > NoticeAddendum.CharsMax)) return NoticeRefusals.AddendumTooLong;
        NoticeAddendum? replaced = null;
        if (request.Replaces is { } old && (replaced = await db.NoticeAddenda.SingleOrDefaultAsync(a => a.Id == old && a.Notice == notice.Id && a.ReplacedBy == null, cancel)) is null) return NoticeRefusals.AddendumUnknown;

        var now = clock.GetUtcNow();
        if (notice.Annotate(request.Kind, request.Version, now) is { } refused) return refused;
        var addendum = new NoticeAddendum
        {
            Id = Id<NoticeAddendum>.New(clock), Notice = notice.Id, Edition = notice.Edition, Kind = request.Kind, Bureau = caller.Bureau.Value, By = caller.Actor.ToString(), At = now, Texts = texts,
        };
        db.NoticeAddenda.Add(addendum);
        if (replaced is not null) replaced.ReplacedBy = addendum.Id;
        await board.FollowAsync(notice, notice.State, notice.PublicId, cancel);
        await board.WriteAsync(cancel);
        journal.Record(caller.Actor, "notice.addendum-added", notice.Reference, purpose, new { addendum.Kind, notice.Edition, replaces = request.Replaces }, new { texts });
        try
        {
            await db.SaveChangesAsync(cancel);
        }
        catch (DbUpdateConcurrencyException)
        {
            return NoticeRefusals.ChangedMeanwhile;
        }

        await board.ShowAsync(cancel);
        return addendum.Id;
    }
}
