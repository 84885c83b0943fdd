using Amana.Server.Access;
using Amana.Server.Data;
using Amana.Server.Foundation;
using Amana.Server.Journal;
using Amana.Server.Keys;
using Amana.Server.Notices;
using Microsoft.EntityFrameworkCore;

namespace Amana.Server.Requests;

/// <summary>Blocks a notice that was noted until the decision, or lifts the block: nobody but reviewers sees it meanwhile.</summary>
internal sealed class BlockMeanwhile(AmanaDb db, Gate gate, JournalWriter journal, FieldSealer sealer, OrderOnNotice order, TimeProvider clock)
{
    public sealed record Request(string Reference, string? Notice, bool Lift);

    public async Task<Refusal?> RunAsync(Request request, Caller caller, CancellationToken cancel)
    {
        if (!(await gate.CheckAsync(caller, Right.HandleRequests, ReadRequest.PurposeCode, cancel)).Succeeded(out var purpose, out var forbidden)) return forbidden;
        if (await db.DataRequests.SingleOrDefaultAsync(r => r.Reference == request.Reference, cancel) is not { } kept) return RequestRefusals.Unknown;
        if (!await db.RequestHoldings.AnyAsync(h => h.Request == kept.Id && h.Kind == HeldKind.Notice && h.Notice == request.Notice, cancel)) return RequestRefusals.NoticeUnknown;
        if (!(await order.PrepareAsync([new(request.Notice!, request.Lift ? NoticeOrder.Lift : NoticeOrder.Block, null)], caller, cancel)).Succeeded(out var prepared, out var stopped)) return stopped;
        using (prepared)
        {
            string fact = request.Lift ? "request.block-lifted" : "request.notice-blocked";
            db.AddStep(kept, fact, caller.Actor.ToString(), null, false, sealer, clock);
            journal.Record(caller.Actor, fact, kept.Reference, purpose);
            if (await db.SaveRequestAsync(cancel) is { } meanwhile) return meanwhile;
            await prepared.ShowAsync(cancel);
        }

        return null;
    }
}
