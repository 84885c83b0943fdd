using System.Text;
using Amana.Server.Access;
using Amana.Server.Data;
using Amana.Server.Foundation;
using Amana.Server.Journal;
using Amana.Server.Keys;
using Amana.Server.Notices;
using Microsoft.EntityFrameworkCore;

namespace Amana.Server.Requests;

/// <summary>Proposes a decision, with reasons for the person who asked. Nothing happens to what is held before a second person confirms it.</summary>
internal sealed class ProposeDecision(AmanaDb db, Gate gate, JournalWriter journal, FieldSealer sealer, TimeProvider clock)
{
    /// <param name="Note">For the recipients of a notice that is corrected: what is wrong and what is right.</param>
    public sealed record Request(string Reference, RequestOutcome? Outcome, string? Reasons, string? Note);

    public async Task<Refusal?> RunAsync(Request request, Caller caller, CancellationToken cancel)
    {
        if (!(await gate.CheckAsync(caller, Right.HandleRequests, ReadRequest.PurposeCode, cancel)).Succeeded(out var purpose, out var forbidden)) return forbidden;
        if (request.Outcome is not { } outcome) return RequestRefusals.OutcomeMissing;
        if (string.IsNullOrWhiteSpace(request.Reasons)) return RequestRefusals.TextMissing("reasons");
        if (request.Reasons.Length > DataRequest.ReasonCharsMax) return RequestRefusals.TooLong("reasons");
        if (outcome is RequestOutcome.Corrected && string.IsNullOrWhiteSpace(request.Note)) return RequestRefusals.TextMissing("note");
        if (request.Note is { Length: > DataRequest.NoteCharsMax }) return RequestRefusals.TooLong("note");
        if (await db.DataRequests.SingleOrDefaultAsync(r => r.Reference == request.Reference, cancel) is not { } kept) return RequestRefusals.Unknown;
        if (kept.MayPropose(outcome) is { } early) return early;
        var holdings = await db.RequestHoldings.AsNoTracking().Where(h => h.Request == kept.Id).ToListAsync(cancel);
        var asked = await db.RequestConsultations.AsNoTracking().Where(c => c.Request == kept.Id).ToListAsync(cancel);
        var now = clock.GetUtcNow();
        if (DecisionRules.WhyNot(kept, outcome, holdings, asked, now) is { } wrong) return wrong;

        byte[] reasons = sealer.Seal(Encoding.UTF8.GetBytes(request.Reasons.Trim()), kept.Place + "/reasons");
        byte[]? note = outcome is RequestOutcome.Corrected ? sealer.Seal(Encoding.UTF8.GetBytes(request.Note!.Trim()), kept.Place + "/note") : null;
        if (kept.Propose(outcome, reasons, note, caller.Actor.ToString(), now) is { } refused) return refused;
        db.AddStep(kept, "request.decision-proposed", caller.Actor.ToString(), null, false, sealer, clock);
        journal.Record(caller.Actor, "request.decision-proposed", kept.Reference, purpose, new { outcome, withoutAnswer = asked.Count(c => c.StandingAt(now) is ConsultationStanding.Silent) });
        return await db.SaveRequestAsync(cancel);
    }
}

/// <summary>Takes a proposal back: its proposer withdraws it, or the second person sends it back with what is wrong.</summary>
internal sealed class SendBackDecision(AmanaDb db, Gate gate, JournalWriter journal, FieldSealer sealer, TimeProvider clock)
{
    public sealed record Request(string Reference, string? Why);

    public async Task<Refusal?> RunAsync(Request request, Caller caller, CancellationToken cancel)
    {
        if (!(await gate.CheckAsync(caller, Right.HandleRequests, ReadRequest.PurposeCode, cancel)).Succeeded(out var purpose, out var forbidden)) return forbidden;
        if (string.IsNullOrWhiteSpace(request.Why)) return RequestRefusals.TextMissing("why");
        if (request.Why.Length > DataRequest.ReasonCharsMax) return RequestRefusals.TooLong("why");
        if (await db.DataRequests.SingleOrDefaultAsync(r => r.Reference == request.Reference, cancel) is not { } kept) return RequestRefusals.Unknown;
        string fact = kept.ProposedBy == caller.Actor.ToString() ? "request.proposal-withdrawn" : "request.proposal-sent-back";
        if (kept.SendBack() is { } refused) return refused;
        db.AddStep(kept, fact, caller.Actor.ToString(), request.Why, false, sealer, clock);
        journal.Record(caller.Actor, fact, kept.Reference, purpose);
        return await db.SaveRequestAsync(cancel);
    }
}

/// <summary>A second person has read the letter and confirms the decision. A deletion or correction is carried out with it, on all notices
/// that were noted or on none: they are deleted, or get a note that all their recipients read first.</summary>
internal sealed class ConfirmDecision(AmanaDb db, Gate gate, JournalWriter journal, FieldSealer sealer, OrderOnNotice order, HeldAbout held, TimeProvider clock)
{
    /// <param name="HasRead">The letter.</param>
    /// <param name="Version">Of the request as it was when the letter was read: what changed since was not read.</param>
    public sealed record Request(string Reference, bool HasRead, long? Version);

    public async Task<Refusal?> RunAsync(Request request, Caller caller, CancellationToken cancel)
    {
        if (!(await gate.CheckAsync(caller, Right.HandleRequests, ReadRequest.PurposeCode, cancel)).Succeeded(out var purpose, out var forbidden)) return forbidden;
        if (await db.DataRequests.SingleOrDefaultAsync(r => r.Reference == request.Reference, cancel) is not { } kept) return RequestRefusals.Unknown;
        if (kept.MayConfirm(caller.Actor.ToString()) is { } early) return early;
        if (!request.HasRead) return RequestRefusals.LetterNotRead;
        if (request.Version != kept.Version) return RequestRefusals.Twice;

        var outcome = kept.Outcome!.Value;
        var orders = new List<OrderOnNotice.Request>();
        if (outcome is RequestOutcome.Corrected or RequestOutcome.Deleted)
        {
            string? note = RequestBook.NoteOf(kept, sealer);
            foreach (string notice in await db.RequestHoldings.AsNoTracking().Where(h => h.Request == kept.Id && h.Kind == HeldKind.Notice).Select(h => h.Notice).ToListAsync(cancel))
            {
                // One that is deleted already needs no order.
                if (await held.ExistsAsync(notice, caller, cancel)) orders.Add(new(notice, outcome is RequestOutcome.Deleted ? NoticeOrder.Delete : NoticeOrder.Note, note));
            }
        }

        if (!(await order.PrepareAsync(orders, caller, cancel)).Succeeded(out var prepared, out var stopped)) return stopped;
        using (prepared)
        {
            if (kept.Confirm(caller.Actor.ToString(), clock.GetUtcNow()) is { } refused) return refused;
            db.AddStep(kept, "request.decided", caller.Actor.ToString(), null, false, sealer, clock);
            journal.Record(caller.Actor, "request.decided", kept.Reference, purpose, new { outcome, notices = orders.Count, tellUntil = kept.DueAt });
            if (await db.SaveRequestAsync(cancel) is { } meanwhile) return meanwhile; // the decision and all that it does: all or none
            await prepared.ShowAsync(cancel);
        }

        return null;
    }
}
