using Amana.Server.Access;
using Amana.Server.Data;
using Amana.Server.Web;
using Microsoft.EntityFrameworkCore;

namespace Amana.Server.Notices;

/// <summary>On the Desk: how many questions about watched persons the officer has not seen yet.</summary>
internal sealed class WatchesOnDesk(AmanaDb db) : IDeskSource
{
    public async Task<DeskPart> AtAsync(Caller caller, Texts texts, CancellationToken cancel)
    {
        if (!caller.Has(Right.Screen)) return new DeskPart();
        string me = caller.Actor.ToString();
        var own = db.PersonWatches.Where(w => w.By == me).Select(w => w.Id);
        int fresh = await db.WatchAlerts.CountAsync(a => a.SeenAt == null && own.Contains(a.Watch), cancel);
        return new DeskPart { Counters = fresh == 0 ? [] : [new DeskCounter(texts["menu.watches"], "bell-ring", fresh, "/watches")] };
    }
}
