using Amana.Server.Access;
using Amana.Server.Data;
using Amana.Server.Foundation;
using Amana.Server.Journal;
using Microsoft.EntityFrameworkCore;

namespace Amana.Server.Notices;

/// <summary>Ends a watch: the officer's own, or any of the bureau for compliance. Whom it was about is forgotten at once.</summary>
internal sealed class EndWatch(AmanaDb db, Gate gate, JournalWriter journal, TimeProvider clock)
{
    public sealed record Request(Id<PersonWatch> Watch);

    public async Task<Refusal?> RunAsync(Request request, Caller caller, CancellationToken cancel)
    {
        var right = caller.Has(Right.ReviewNotices) ? Right.ReviewNotices : Right.Screen;
        if (await gate.CheckAsync(caller, right, cancel) is { } forbidden) return forbidden;
        string bureau = caller.Bureau.Value, me = caller.Actor.ToString();
        var watch = await db.PersonWatches.SingleOrDefaultAsync(w => w.Id == request.Watch && w.Bureau == bureau && w.EndedAt == null, cancel);
        if (watch is null || (right is Right.Screen && watch.By != me)) return NoticeRefusals.WatchUnknown;
        watch.End(me, clock.GetUtcNow());
        journal.Record(caller.Actor, "watch.ended", watch.Id, details: new { watch.By });
        await db.SaveChangesAsync(cancel);
        return null;
    }
}
