using Amana.Server.Access;
using Amana.Server.Data;
using Amana.Server.Foundation;
using Amana.Server.Journal;
using Microsoft.EntityFrameworkCore;

namespace Amana.Server.LostAndStolen;

/// <summary>The owner takes a record back: it answers nobody from then on, and is deleted soon.</summary>
internal sealed class WithdrawItem(AmanaDb db, Gate gate, JournalWriter journal, TimeProvider clock)
{
    public sealed record Request(string Reference, string? Reason, string? Purpose);

    public async Task<Refusal?> RunAsync(Request request, Caller caller, CancellationToken cancel)
    {
        if (!(await gate.CheckAsync(caller, Right.EnterItems, request.Purpose, cancel)).Succeeded(out var purpose, out var forbidden)) return forbidden;
        var item = await db.Items.VisibleTo(caller).SingleOrDefaultAsync(i => i.Reference == request.Reference, cancel);
        if (item is null) return ItemRefusals.Unknown;
        if (item.Bureau != caller.Bureau) return ItemRefusals.NotOwner;
        if (item.Withdraw(request.Reason, clock.GetUtcNow()) is { } refused) return refused;
        journal.Record(caller.Actor, "item.withdrawn", item.Reference, purpose, new { item.Reason });
        await db.SaveChangesAsync(cancel);
        return null;
    }
}
