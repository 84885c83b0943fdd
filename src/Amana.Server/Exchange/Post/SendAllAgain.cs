using Amana.Exchange.Post;
using Amana.Server.Access;
using Amana.Server.Data;
using Amana.Server.Foundation;
using Amana.Server.Journal;
using Amana.Vocabulary;
using Microsoft.EntityFrameworkCore;

namespace Amana.Server.Exchange.Post;

/// <summary>All that one bureau refused, or did not take in time, goes once more, in the order in which it was queued: after a long outage nobody presses for each letter.</summary>
internal sealed class SendAllAgain(AmanaDb db, Gate gate, JournalWriter journal, PostSignal signal, TimeProvider clock)
{
    /// <returns>How many go again.</returns>
    public async Task<Result<int>> RunAsync(string? bureau, Caller caller, CancellationToken cancel)
    {
        if (await gate.CheckAsync(caller, Right.ManageBureaus, cancel) is { } forbidden) return forbidden;
        if (!BureauCode.TryParse(bureau, null, out var peer)) return ExchangeRefusals.BureauUnknown;
        var now = clock.GetUtcNow();
        await using var transaction = await db.Database.BeginTransactionAsync(cancel);
        int count = await db.Deliveries.Where(d => d.Peer == peer && (d.State == DeliveryState.Refused || d.State == DeliveryState.Dead)).ExecuteUpdateAsync(set => set
            .SetProperty(d => d.State, DeliveryState.Waiting).SetProperty(d => d.QueuedAt, now).SetProperty(d => d.NextAt, now).SetProperty(d => d.FailedSince, (DateTimeOffset?)null), cancel);
        if (count == 0) return ExchangeRefusals.DeliveryUnknown;
        journal.Record(caller.Actor, "letter.all-sent-again", peer, details: new { letters = count });
        await db.SaveChangesAsync(cancel);
        await transaction.CommitAsync(cancel);
        signal.Ring([peer]);
        return count;
    }
}
