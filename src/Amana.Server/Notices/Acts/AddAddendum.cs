using Amana.Server.Access;
using Amana.Server.Data;
using Amana.Server.Foundation;
using Microsoft.EntityFrameworkCore;

namespace Amana.Server.Notices;

/// <summary>Says something beside a notice that everybody reads before it: a correction, a refused extradition, a caveat. Its owner
/// says it, or a reviewer; caveats and orders only a reviewer. Source: domain.md 1.11.</summary>
internal sealed class AddAddendum(AmanaDb db, Gate gate, NoticeDesk desk, NoticeBoard board, NoticeTurn turns)
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
        var said = new NewAddendum(request.Kind, request.Texts, request.Replaces, request.Version);
        if (!(await desk.AnnotateAsync(notice, said, caller, purpose, cancel)).Succeeded(out var addendum, out var refused)) return refused;
        await board.WriteAsync(cancel);
        try
        {
            await db.SaveChangesAsync(cancel);
        }
        catch (DbUpdateConcurrencyException)
        {
            return NoticeRefusals.ChangedMeanwhile;
        }

        await board.ShowAsync(cancel);
        return addendum;
    }
}
