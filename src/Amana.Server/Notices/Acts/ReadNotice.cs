using Amana.Server.Access;
using Amana.Exchange.Envelopes;
using Amana.Server.Data;
using Amana.Server.Exchange;
using Amana.Server.Foundation;
using Amana.Server.Journal;
using Microsoft.EntityFrameworkCore;

namespace Amana.Server.Notices;

/// <summary>Opens one notice whole, for a purpose; each opening is journaled.</summary>
internal sealed class ReadNotice(AmanaDb db, Gate gate, JournalWriter journal, NoticeDesk desk, ReadEditions editions, ReadWork work, Outbox outbox, TimeProvider clock)
{
    /// <param name="Purpose">Null: the session's or token's own; who works on a notice reads it for the notice's own.</param>
    public sealed record Request(string Reference, string? Purpose);

    public async Task<Result<NoticeView>> RunAsync(Request request, Caller caller, CancellationToken cancel)
    {
        if (await gate.CheckAsync(caller, Right.ReadNotices, cancel) is { } forbidden) return forbidden;
        if (!(await desk.FindAsync(request.Reference, caller, cancel)).Succeeded(out var notice, out var unknown)) return unknown;
        bool works = caller.Has(Right.ReviewNotices) || (caller.Has(Right.DraftNotices) && notice.Bureau == caller.Bureau);
        string? wanted = string.IsNullOrWhiteSpace(request.Purpose) && works && caller.DefaultPurpose is null ? notice.Rules.Purpose : request.Purpose;
        if (!(await gate.CheckAsync(caller, Right.ReadNotices, wanted, cancel)).Succeeded(out var purpose, out forbidden)) return forbidden;

        journal.Record(caller.Actor, "notice.read", notice.Reference, purpose, new { notice.State, notice.Version });
        if (notice.Bureau != caller.Bureau && caller.Actor.Kind is ActorKind.Person
            && await db.NoticeOrigins.SingleOrDefaultAsync(o => o.Notice == notice.Id && o.ReadAt == null, cancel) is { } origin)
        {
            origin.ReadAt = clock.GetUtcNow();
            outbox.AddReceipt(origin.Letter, origin.Bureau, LetterStep.Read);
        }

        if (notice.Bureau == caller.Bureau && caller.Actor.Kind is ActorKind.Person && caller.Has(Right.DraftNotices))
        {
            foreach (var hit in await db.HitsAbroad.Where(h => h.Notice == notice.Id && h.SeenAt == null).ToListAsync(cancel)) hit.SeenAt = clock.GetUtcNow();
        }

        await db.SaveChangesAsync(cancel);
        return await ViewAsync(notice, works, caller, cancel);
    }

    private async Task<NoticeView> ViewAsync(Notice notice, bool works, Caller caller, CancellationToken cancel)
    {
        var history = await db.NoticeSteps.AsNoTracking().Where(s => s.Notice == notice.Id).OrderBy(s => s.At).ToListAsync(cancel);
        IReadOnlyList<FindingView> findings = [];
        IReadOnlyList<PassageView> passages = [];
        if (works && notice.State is not NoticeState.Deleted)
        {
            var check = await desk.CheckAsync(notice, caller, cancel);
            bool reviews = caller.Has(Right.ReviewNotices);
            findings = [.. (reviews ? check : check.ForRequester()).Findings.Select(f => FindingView.Of(f))];
            if (reviews) passages = [.. Passages.In(notice.Content).Select(p => new PassageView(p.Field, p.From, p.Length, p.Kind))];
        }

        return new NoticeView(NoticeViews.RowOf(notice), await editions.OfAsync(notice, caller, cancel), await work.OfAsync(notice, caller, cancel),
            notice.Content.Values.Where(f => ReadEditions.IsShown(notice, f.Key, caller)).ToDictionary(StringComparer.Ordinal), notice.Pictures, notice.Edition, notice.AmendedAt, notice.LocatedAt, notice.SubmittedAt, notice.ApprovedAt, notice.SuspendedUntil, notice.EndReason, notice.PublicId,
            [.. history.Select(s => new StepView(s.Event, s.To, s.By, s.At, works ? s.Reason : null, s.Code))], findings, passages, NoticeViews.MayTake(notice, caller));
    }
}
