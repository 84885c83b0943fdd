using Amana.Server.Access;
using Amana.Server.Data;
using Amana.Server.Foundation;
using Amana.Server.Journal;
using Amana.Vocabulary;
using Microsoft.EntityFrameworkCore;

namespace Amana.Server.Screening;

/// <summary>Opens one hit, under the purpose of its question.</summary>
internal sealed class ReadHit(AmanaDb db, Gate gate, JournalWriter journal)
{
    private const int EarlierMax = 10;

    public async Task<Result<HitView>> RunAsync(string reference, Caller caller, CancellationToken cancel)
    {
        if (await gate.CheckAsync(caller, Right.Screen, cancel) is { } forbidden) return forbidden;
        if (!Reference.TryRead(Reference.OfHit, reference, out string? known)) return ScreeningRefusals.HitUnknown;
        var hit = await db.Hits.AsNoTracking().VisibleTo(caller).SingleOrDefaultAsync(h => h.Reference == known, cancel);
        if (hit is null) return ScreeningRefusals.HitUnknown;
        if (await gate.CheckRecordAsync(caller, hit, ScreeningRefusals.HitUnknown, cancel) is { } outside) return outside;
        if (!(await gate.CheckAsync(caller, Right.Screen, hit.Purpose, cancel)).Succeeded(out var purpose, out var refused)) return refused;

        var view = await ViewAsync(hit, caller, cancel);
        journal.Record(caller.Actor, "hit.read", hit.Reference, purpose);
        await db.SaveChangesAsync(cancel);
        return view;
    }

    /// <summary>The hit with its history, for acts that have just changed it.</summary>
    public async Task<HitView> ViewAsync(Hit hit, Caller caller, CancellationToken cancel)
    {
        var decisions = await db.HitDecisions.AsNoTracking().Where(d => d.Hit == hit.Id).ToListAsync(cancel);
        string? batch = hit.Batch is { } id ? await db.Batches.AsNoTracking().Where(b => b.Id == id).Select(b => b.Reference).SingleOrDefaultAsync(cancel) : null;
        var earlier = await gate.Reach(db.Hits.AsNoTracking().VisibleTo(caller), caller)
            .Where(h => h.List == hit.List && h.EntityId == hit.EntityId && h.Id != hit.Id && h.State == HitState.Decided)
            .OrderByDescending(h => h.FoundAt).Take(EarlierMax).ToListAsync(cancel);
        return HitView.From(hit, batch, decisions, [.. earlier.Select(h => new EarlierHit(h.Reference, h.DecidedAt!.Value, h.Score, h.Verdict!.Value))]);
    }
}
