using System.Text;
using Amana.Server.Access;
using Amana.Server.Data;
using Amana.Server.Foundation;
using Amana.Server.Journal;
using Amana.Server.Keys;
using Amana.Server.Notices;
using Microsoft.EntityFrameworkCore;

namespace Amana.Server.Requests;

/// <summary>Decides a request, with reasons for the person who asked. A deletion or correction is carried out with it: the notices that
/// were noted are deleted, or get a note that all their recipients read first.</summary>
internal sealed class DecideRequest(AmanaDb db, Gate gate, JournalWriter journal, FieldSealer sealer, OrderOnNotice order, HeldAbout held, TimeProvider clock)
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
        if (await db.DataRequests.SingleOrDefaultAsync(r => r.Reference == request.Reference, cancel) is not { } kept) return RequestRefusals.Unknown;
        var holdings = await db.RequestHoldings.AsNoTracking().Where(h => h.Request == kept.Id).ToListAsync(cancel);
        if (kept.MayDecide(outcome) is { } early) return early;
        if (WhyNot(kept, outcome, holdings) is { } wrong) return wrong;

        // First what the decision does, each notice with an act and a history of its own; one that cannot take it stops the decision, which
        // can then be taken again.
        foreach (var holding in holdings.Where(_ => outcome is RequestOutcome.Corrected or RequestOutcome.Deleted))
        {
            if (!await held.ExistsAsync(holding.Notice, caller, cancel)) continue; // deleted already
            var what = outcome is RequestOutcome.Deleted ? NoticeOrder.Delete : NoticeOrder.Note;
            if (await order.RunAsync(new(holding.Notice, what, request.Note), caller, cancel) is { } stopped) return stopped;
        }

        byte[] reasons = sealer.Seal(Encoding.UTF8.GetBytes(request.Reasons.Trim()), kept.Place + "/reasons");
        if (kept.Decide(outcome, reasons, clock.GetUtcNow()) is { } refused) return refused;

        db.AddStep(kept, "request.decided", caller.Actor.ToString(), null, false, sealer, clock);
        journal.Record(caller.Actor, "request.decided", kept.Reference, purpose, new { outcome, tellUntil = kept.DueAt });
        try
        {
            await db.SaveChangesAsync(cancel);
        }
        catch (DbUpdateConcurrencyException)
        {
            return RequestRefusals.Twice;
        }

        return null;
    }

    private static Refusal? WhyNot(DataRequest request, RequestOutcome outcome, List<RequestHolding> holdings)
    {
        bool access = request.Kinds.Contains(DataRequestKind.Access), change = request.Kinds.Any(k => k is not DataRequestKind.Access);
        return outcome switch
        {
            RequestOutcome.Corrected or RequestOutcome.Deleted or RequestOutcome.Compliant when !change => RequestRefusals.OutcomeNotAsked,
            RequestOutcome.WeHold when !access => RequestRefusals.OutcomeNotAsked,
            RequestOutcome.Corrected or RequestOutcome.Deleted when holdings.Count == 0 => RequestRefusals.HoldingMissing,
            RequestOutcome.WeHold when holdings.TrueForAll(h => h.Told is MayBeTold.Nothing) => RequestRefusals.HoldingMissing,
            RequestOutcome.NothingHeld when holdings.Count > 0 => RequestRefusals.HoldingOpen,
            RequestOutcome.NeitherYesNorNo when holdings.Exists(h => h.Told is not MayBeTold.Nothing) => RequestRefusals.HoldingOpen,
            _ => null,
        };
    }
}

/// <summary>Releases the letter to the applicant and ends the request; the copies of identity documents are deleted with it.</summary>
internal sealed class TellApplicant(AmanaDb db, Gate gate, JournalWriter journal, FieldSealer sealer, TimeProvider clock)
{
    public sealed record Request(string Reference);

    public async Task<Refusal?> RunAsync(Request request, Caller caller, CancellationToken cancel)
    {
        if (!(await gate.CheckAsync(caller, Right.HandleRequests, ReadRequest.PurposeCode, cancel)).Succeeded(out var purpose, out var forbidden)) return forbidden;
        if (await db.DataRequests.SingleOrDefaultAsync(r => r.Reference == request.Reference, cancel) is not { } kept) return RequestRefusals.Unknown;
        if (kept.Tell(clock.GetUtcNow()) is { } refused) return refused;
        var papers = await db.RequestPapers.Where(p => p.Request == kept.Id).ToListAsync(cancel);
        db.RequestPapers.RemoveRange(papers);
        db.AddStep(kept, "request.told", caller.Actor.ToString(), null, false, sealer, clock);
        journal.Record(caller.Actor, "request.told", kept.Reference, purpose, new { papersDeleted = papers.Count });
        await db.SaveChangesAsync(cancel);
        return null;
    }
}

/// <summary>Blocks a notice that was noted until the decision, or lifts the block: nobody but reviewers sees it meanwhile.</summary>
internal sealed class BlockMeanwhile(AmanaDb db, Gate gate, JournalWriter journal, FieldSealer sealer, OrderOnNotice order, TimeProvider clock)
{
    public sealed record Request(string Reference, string? Notice, bool Lift);

    public async Task<Refusal?> RunAsync(Request request, Caller caller, CancellationToken cancel)
    {
        if (!(await gate.CheckAsync(caller, Right.HandleRequests, ReadRequest.PurposeCode, cancel)).Succeeded(out var purpose, out var forbidden)) return forbidden;
        if (await db.DataRequests.SingleOrDefaultAsync(r => r.Reference == request.Reference, cancel) is not { } kept) return RequestRefusals.Unknown;
        if (!await db.RequestHoldings.AnyAsync(h => h.Request == kept.Id && h.Notice == request.Notice, cancel)) return RequestRefusals.NoticeUnknown;
        if (await order.RunAsync(new(request.Notice!, request.Lift ? NoticeOrder.Lift : NoticeOrder.Block, null), caller, cancel) is { } refused) return refused;
        string fact = request.Lift ? "request.block-lifted" : "request.notice-blocked";
        db.AddStep(kept, fact, caller.Actor.ToString(), null, false, sealer, clock);
        journal.Record(caller.Actor, fact, kept.Reference, purpose);
        await db.SaveChangesAsync(cancel);
        return null;
    }
}
