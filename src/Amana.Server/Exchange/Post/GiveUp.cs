using Amana.Exchange.Post;
using Amana.Server.Access;
using Amana.Server.Data;
using Amana.Server.Foundation;
using Amana.Server.Journal;
using Microsoft.EntityFrameworkCore;

namespace Amana.Server.Exchange.Post;

/// <summary>A letter that waits, was refused or is dead goes no more to that bureau; whoever wrote it sees so, with the reason. Its envelope goes with the next tidying.</summary>
internal sealed class GiveUp(AmanaDb db, Gate gate, JournalWriter journal)
{
    /// <param name="Number">Of the delivery.</param>
    /// <param name="Reason">3 to 500 letters.</param>
    public sealed record Request(long Number, string? Reason);

    public async Task<Refusal?> RunAsync(Request request, Caller caller, CancellationToken cancel)
    {
        if (await gate.CheckAsync(caller, Right.ManageBureaus, cancel) is { } forbidden) return forbidden;
        if (WrittenReason.Of(request.Reason) is not { } reason) return ExchangeRefusals.Reason;
        await using var transaction = await db.Database.BeginTransactionAsync(cancel);
        // By a condition and not by what was read before: the letter may be on its way at this moment, and what the other bureau signs for is delivered.
        int given = await db.Deliveries.Where(d => d.Number == request.Number && (d.State == DeliveryState.Waiting || d.State == DeliveryState.Refused || d.State == DeliveryState.Dead))
            .ExecuteUpdateAsync(set => set.SetProperty(d => d.State, DeliveryState.GivenUp).SetProperty(d => d.GivenUpFor, reason), cancel);
        var delivery = await db.Deliveries.AsNoTracking().SingleOrDefaultAsync(d => d.Number == request.Number, cancel);
        if (given == 0 || delivery is null) return delivery?.State is DeliveryState.Delivered ? ExchangeRefusals.DeliveredAlready : ExchangeRefusals.DeliveryUnknown;
        journal.Record(caller.Actor, "letter.given-up", delivery.Letter, details: new { to = delivery.Peer.Value, delivery.Attempts, delivery.Fault }, content: new { reason });
        await db.SaveChangesAsync(cancel);
        await transaction.CommitAsync(cancel);
        return null;
    }
}
