using Amana.Server.Access;
using Amana.Server.Data;
using Amana.Server.Foundation;
using Amana.Server.Journal;
using Microsoft.EntityFrameworkCore;

namespace Amana.Server.Screening;

/// <summary>Takes a hit as the caller's own work, or gives it back to all.</summary>
internal sealed class AssignHit(AmanaDb db, Gate gate, JournalWriter journal, ReadHit readHit)
{
    /// <param name="Take">True: mine. False: nobody's.</param>
    public sealed record Request(string Reference, bool Take, long? Seen);

    public async Task<Result<HitView>> RunAsync(Request request, Caller caller, CancellationToken cancel)
    {
        if (await gate.CheckAsync(caller, Right.DecideHits, cancel) is { } forbidden) return forbidden;
        if (!Reference.TryRead(Reference.OfHit, request.Reference, out string? known)) return ScreeningRefusals.HitUnknown;
        var hit = await db.Hits.VisibleTo(caller).SingleOrDefaultAsync(h => h.Reference == known, cancel);
        if (hit is null) return ScreeningRefusals.HitUnknown;
        if (await gate.CheckRecordAsync(caller, hit, ScreeningRefusals.HitUnknown, cancel) is { } outside) return outside;
        if (!(await gate.CheckAsync(caller, Right.DecideHits, hit.Purpose, cancel)).Succeeded(out var purpose, out var refused)) return refused;

        if (request.Seen is { } seen && seen != hit.Version) return ScreeningRefusals.ChangedMeanwhile;
        string? before = hit.AssignedTo;
        hit.Assign(request.Take ? caller.Actor.ToString() : null);
        journal.Record(caller.Actor, "hit.assigned", hit.Reference, purpose, new { from = before, to = hit.AssignedTo });
        try
        {
            await db.SaveChangesAsync(cancel);
        }
        catch (DbUpdateConcurrencyException)
        {
            return ScreeningRefusals.ChangedMeanwhile;
        }
        return await readHit.ViewAsync(hit, caller, cancel);
    }
}
