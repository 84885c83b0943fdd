using Amana.Server.Access;
using Amana.Server.Data;
using Amana.Server.Foundation;
using Amana.Server.Journal;
using Amana.Server.Keys;
using Microsoft.EntityFrameworkCore;

namespace Amana.Server.Tips;

/// <summary>Leaves a question for the giver, who reads it when coming back with the code.</summary>
internal sealed class AskGiver(AmanaDb db, Gate gate, JournalWriter journal, FieldSealer sealer, TimeProvider clock)
{
    public sealed record Request(string Reference, string? Text);

    public async Task<Refusal?> RunAsync(Request request, Caller caller, CancellationToken cancel)
    {
        if (await gate.CheckAsync(caller, Right.ReadTips, cancel) is { } forbidden) return forbidden;
        if (string.IsNullOrWhiteSpace(request.Text)) return TipRefusals.TextMissing("text");
        if (request.Text.Length > TipMessage.CharsMax) return TipRefusals.TooLong("text");
        if (await db.Tips.SingleOrDefaultAsync(t => t.Reference == request.Reference, cancel) is not { } tip) return TipRefusals.Unknown;
        if (tip.State is TipState.Closed) return TipRefusals.Closed;
        if (await db.TipMessages.CountAsync(m => m.Tip == tip.Id, cancel) >= TipMessage.PerTipMax) return TipRefusals.TooMany;
        db.TipMessages.Add(ComeBack.Said(tip, fromBureau: true, request.Text, sealer, clock));
        journal.Record(caller.Actor, "tip.asked", tip.Reference);
        await db.SaveChangesAsync(cancel);
        return null;
    }
}

/// <summary>Closes a tip with a word on whether it helped; thirty days later it is deleted.</summary>
internal sealed class CloseTip(AmanaDb db, Gate gate, JournalWriter journal, TimeProvider clock)
{
    public sealed record Request(string Reference, bool Helped);

    public async Task<Refusal?> RunAsync(Request request, Caller caller, CancellationToken cancel)
    {
        if (await gate.CheckAsync(caller, Right.ReadTips, cancel) is { } forbidden) return forbidden;
        if (await db.Tips.SingleOrDefaultAsync(t => t.Reference == request.Reference, cancel) is not { } tip) return TipRefusals.Unknown;
        if (tip.Close(request.Helped, clock.GetUtcNow()) is { } refused) return refused;
        journal.Record(caller.Actor, "tip.closed", tip.Reference, details: new { request.Helped });
        await db.SaveChangesAsync(cancel);
        return null;
    }
}
