using Amana.Server.Access;
using Amana.Server.Data;
using Amana.Server.Foundation;
using Amana.Server.Journal;
using Amana.Server.Keys;
using Amana.Vocabulary;
using Microsoft.EntityFrameworkCore;

namespace Amana.Server.Notices;

/// <summary>One at a time gives numbers and changes states, so that a number is given once.</summary>
internal sealed class NoticeTurn : Turns;

/// <param name="Texts">By language: ar, en, fr, es.</param>
/// <param name="Replaces">The addendum that this one takes the place of.</param>
/// <param name="Version">Of the notice as it was on the screen; null when the caller keeps none.</param>
internal sealed record NewAddendum(AddendumKind Kind, IReadOnlyDictionary<string, string?> Texts, Id<NoticeAddendum>? Replaces = null, long? Version = null);

/// <summary>What acts on notices share: finding one, the facts that its criteria need, taking an edge with all that follows. It
/// checks no right and saves nothing; the acts do.</summary>
internal sealed class NoticeDesk(AmanaDb db, Gate gate, JournalWriter journal, NoticeBoard board, Editions editions, NoticeSerials serials, KeyFolder keys, TimeProvider clock)
{
    private const string KeyName = "notice-requests";
    private const int KeyBytes = 32;

    public byte[] Key { get; } = keys.Secret(KeyName, KeyBytes);

    public async Task<Result<Notice>> FindAsync(string? reference, Caller caller, CancellationToken cancel)
    {
        if (!NoticeReference.TryParse(reference, null, out var known)) return NoticeRefusals.Unknown;
        string text = known.ToString();
        if (await db.Notices.VisibleTo(caller).SingleOrDefaultAsync(n => n.Reference == text, cancel) is not { } notice) return NoticeRefusals.Unknown;
        return await gate.CheckRecordAsync(caller, notice, NoticeRefusals.Unknown, cancel) is { } outside ? outside : notice;
    }

    /// <summary>The criteria of a notice, answered as far as machine and reviewers have.</summary>
    public async Task<PreCheck> CheckAsync(Notice notice, Caller caller, CancellationToken cancel)
    {
        var answers = await db.NoticeAnswers.AsNoTracking().Where(a => a.Notice == notice.Id).ToListAsync(cancel);
        var facts = await FactsAsync(notice.Bureau, notice.Form, notice.Content, notice.Pictures, notice.Reference, caller, cancel);
        return PreCheck.Of(notice.Colour, notice.Content, facts, answers.ConvertAll(a => a.AsAnswer));
    }

    /// <param name="reference">Of the request itself: an own earlier refusal of the same request is no return of it.</param>
    public async Task<CheckFacts> FactsAsync(BureauCode bureau, NoticeForm form, NoticeContent content, int pictures, string? reference, Caller caller, CancellationToken cancel)
    {
        var now = clock.GetUtcNow();
        string code = bureau.Value, against = $",{bureau},";
        var request = RequestKeys.Of(content, Key);
        var all = request.All.ToList();
        var refused = await db.RefusedRequests.AsNoTracking().Where(r => r.Reference != reference && r.Keys.Any(k => all.Contains(k.Key)))
            .OrderByDescending(r => r.At).Take(20).ToListAsync(cancel);
        return new CheckFacts
        {
            Today = DateOnly.FromDateTime(now.UtcDateTime), Bureau = bureau, Form = form, Pictures = pictures,
            BureauSuspended = await db.BureauMeasures.AnyAsync(m => m.Bureau == code && m.Until == null, cancel),
            Protected = await db.Protections.AnyAsync(p => p.Until == null && p.Against.Contains(against) && p.Keys.Any(k => all.Contains(k.Key)), cancel),
            EarlierRefusals = [.. refused.Select(r => new EarlierRefusal(r.Reference, r.Colour, r.Reason, r.Keys.Exists(k => k.IsCase && request.Case.Contains(k.Key))))],
            RelatedIsKnown = content.Text("relatedNotice") is not { } related || await gate.Reach(db.Notices.VisibleTo(caller), caller).AnyAsync(n => n.Reference == related, cancel),
        };
    }

    /// <summary>Takes the edge, notes it in history and journal, and puts up or takes down what others see. Nothing is saved yet.</summary>
    public async Task<Refusal?> TakeAsync(Notice notice, Step step, Actor who, Purpose? purpose, CancellationToken cancel)
    {
        string? publicId = notice.PublicId; // a tombstone has none, and the public must lose it all the same
        var from = notice.State;
        if (notice.Refuses(step) is { } refused) return refused;
        if (step.Event is NoticeEvent.TakeUp && await editions.TakeUpAsync(notice, step, who, purpose, cancel) is { } passed) return passed;
        if (notice.Take(step) is { } late) return late;
        var edge = LifeCycle.Of(step.Event);
        db.NoticeSteps.Add(new NoticeStep
        {
            Id = Id<NoticeStep>.New(clock), Notice = notice.Id, Event = step.Event, To = notice.State, By = step.By, At = step.At, Reason = step.Reason?.Trim(), Code = step.Code,
        });
        if (step.Event is NoticeEvent.Refuse) Remember(notice, step);
        if (step.Event is NoticeEvent.Revise) db.RefusedRequests.RemoveRange(await db.RefusedRequests.Where(r => r.Reference == notice.Reference).ToListAsync(cancel));
        if (step.Event is NoticeEvent.Publish && publicId is null && NoticeBoard.MayBePublic(notice)) notice.PublicId = publicId = await serials.NextPublicIdAsync(step.At, cancel);
        await board.FollowAsync(notice, from, publicId, cancel);
        if (notice.State.HasEnded || notice.State is NoticeState.Deleted) await editions.EndAmendmentsAsync(notice, step.At, cancel);
        if (notice.State is NoticeState.Deleted or NoticeState.TakenUp) await editions.EraseAsync(notice, cancel);
        if (!notice.State.MayBeRestricted) await gate.OpenToAllAsync(notice.Reference, who, cancel);
        journal.Record(who, edge.Fact, notice.Reference, purpose, new { notice.Colour, notice.State, step.Code }, step.Reason is null ? null : new { reason = step.Reason });
        return null;
    }

    /// <summary>Says something beside the notice that everybody reads before it. Nothing is saved yet.</summary>
    public async Task<Result<Id<NoticeAddendum>>> AnnotateAsync(Notice notice, NewAddendum said, Caller caller, Purpose? purpose, CancellationToken cancel)
    {
        var texts = said.Texts.Where(t => NoticeRules.Languages.Contains(t.Key) && !string.IsNullOrWhiteSpace(t.Value)).ToDictionary(t => t.Key, t => t.Value!.Trim(), StringComparer.Ordinal);
        if (texts.Count == 0) return NoticeRefusals.AddendumEmpty;
        if (texts.Values.Any(t => t.Length > NoticeAddendum.CharsMax)) return NoticeRefusals.AddendumTooLong;
        NoticeAddendum? replaced = null;
        if (said.Replaces is { } old && (replaced = await db.NoticeAddenda.SingleOrDefaultAsync(a => a.Id == old && a.Notice == notice.Id && a.ReplacedBy == null, cancel)) is null) return NoticeRefusals.AddendumUnknown;

        var now = clock.GetUtcNow();
        if (notice.Annotate(said.Kind, said.Version, now) is { } refused) return refused;
        var addendum = new NoticeAddendum
        {
            Id = Id<NoticeAddendum>.New(clock), Notice = notice.Id, Edition = notice.Edition, Kind = said.Kind, Bureau = caller.Bureau.Value, By = caller.Actor.ToString(), At = now, Texts = texts,
        };
        db.NoticeAddenda.Add(addendum);
        if (replaced is not null) replaced.ReplacedBy = addendum.Id;
        await board.FollowAsync(notice, notice.State, notice.PublicId, cancel);
        journal.Record(caller.Actor, "notice.addendum-added", notice.Reference, purpose, new { addendum.Kind, notice.Edition, replaces = said.Replaces }, new { texts });
        return addendum.Id;
    }

    private void Remember(Notice notice, Step step)
    {
        var request = RequestKeys.Of(notice.Content, Key);
        db.RefusedRequests.Add(new RefusedRequest
        {
            Id = Id<RefusedRequest>.New(clock), Reference = notice.Reference, Colour = notice.Colour, Reason = step.Code!, At = step.At,
            Keys = [.. request.Person.Select(k => new RequestKey(k, false)), .. request.Case.Select(k => new RequestKey(k, true))],
        });
    }
}
