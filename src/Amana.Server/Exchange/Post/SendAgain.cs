using Amana.Exchange.Post;
using Amana.Server.Access;
using Amana.Server.Data;
using Amana.Server.Foundation;
using Amana.Server.Journal;
using Microsoft.EntityFrameworkCore;

namespace Amana.Server.Exchange.Post;

/// <summary>A letter that the other bureau refused, or that nobody took, goes once more: its envelope as it was sealed.</summary>
internal sealed class SendAgain(AmanaDb db, Gate gate, JournalWriter journal, PostSignal signal, TimeProvider clock)
{
    public async Task<Refusal?> RunAsync(long number, Caller caller, CancellationToken cancel)
    {
        if (await gate.CheckAsync(caller, Right.ManageBureaus, cancel) is { } forbidden) return forbidden;
        var delivery = await db.Deliveries.SingleOrDefaultAsync(d => d.Number == number && (d.State == DeliveryState.Refused || d.State == DeliveryState.Dead), cancel);
        if (delivery is null) return ExchangeRefusals.DeliveryUnknown;
        var now = clock.GetUtcNow();
        (delivery.State, delivery.QueuedAt, delivery.NextAt, delivery.FailedSince) = (DeliveryState.Waiting, now, now, null);
        journal.Record(caller.Actor, "letter.sent-again", delivery.Letter, details: new { to = delivery.Peer.Value, delivery.Attempts, delivery.Fault });
        await db.SaveChangesAsync(cancel);
        signal.Ring([delivery.Peer]);
        return null;
    }
}
