using Amana.Server.Access;
using Amana.Server.Data;
using Amana.Server.Foundation;
using Amana.Server.Journal;
using Microsoft.EntityFrameworkCore;

namespace Amana.Server.Screening;

/// <summary>Takes the officer's own last decision back, within ten minutes. The decision stays, marked as undone.</summary>
internal sealed class UndoDecision(AmanaDb db, Gate gate, JournalWriter journal, ReadHit readHit, TimeProvider clock)
{
    public async Task<Result<HitView>> RunAsync(string reference, Caller caller, CancellationToken cancel)
    {
        if (await gate.CheckAsync(caller, Right.DecideHits, cancel) is { } forbidden) return forbidden;
        if (!Reference.TryRead(Reference.OfHit, reference, out string? known)) return ScreeningRefusals.HitUnknown;
        var hit = await db.Hits.VisibleTo(caller).SingleOrDefaultAsync(h => h.Reference == known, cancel);
        if (hit is null) return ScreeningRefusals.HitUnknown;
        if (await gate.CheckRecordAsync(caller, hit, ScreeningRefusals.HitUnknown, cancel) is { } outside) return outside;
        if (!(await gate.CheckAsync(caller, Right.DecideHits, hit.Purpose, cancel)).Succeeded(out var purpose, out var refused)) return refused;

        var at = clock.GetUtcNow();
        if (hit.Undo(caller.Actor.ToString(), at) is { } no) return no;
        var last = await db.HitDecisions.Where(d => d.Hit == hit.Id && d.UndoneAt == null).OrderByDescending(d => d.At).FirstAsync(cancel);
        last.Undo(at);
        await db.SettledPairs.Where(p => p.Hit == hit.Id).ForEachAsync(p => db.SettledPairs.Remove(p), cancel);
        journal.Record(caller.Actor, "hit.decision-undone", hit.Reference, purpose, new { last.Verdict, last.Reason });
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
