using Amana.Server.Access;
using Amana.Server.Data;
using Amana.Server.Foundation;
using Amana.Server.Journal;
using Microsoft.EntityFrameworkCore;

namespace Amana.Server.Screening;

/// <summary>Records what an officer says of a hit, with a reason; remembers "not the same" for the pair.</summary>
internal sealed class DecideHit(AmanaDb db, Gate gate, JournalWriter journal, ReadHit readHit, TimeProvider clock)
{
    /// <param name="Seen">The version that the officer had on the screen; null when the caller keeps none.</param>
    public sealed record Request(string Reference, Verdict? Verdict, string? Reason, string? Text, long? Seen);

    public async Task<Result<HitView>> RunAsync(Request request, Caller caller, CancellationToken cancel)
    {
        if (await gate.CheckAsync(caller, Right.DecideHits, cancel) is { } forbidden) return forbidden;
        if (HitDecision.Check(request.Verdict, request.Reason, request.Text) is { } incomplete) return incomplete;
        if (!Reference.TryRead(Reference.OfHit, request.Reference, out string? known)) return ScreeningRefusals.HitUnknown;
        var hit = await db.Hits.VisibleTo(caller).SingleOrDefaultAsync(h => h.Reference == known, cancel);
        if (hit is null) return ScreeningRefusals.HitUnknown;
        if (await gate.CheckRecordAsync(caller, hit, ScreeningRefusals.HitUnknown, cancel) is { } outside) return outside;
        if (!(await gate.CheckAsync(caller, Right.DecideHits, hit.Purpose, cancel)).Succeeded(out var purpose, out var refused)) return refused;

        if (hit.Decide(request.Verdict!.Value, caller.Actor.ToString(), clock.GetUtcNow(), request.Seen) is { } no) return no;
        await RecordAsync(hit, request.Verdict.Value, request.Reason!, request.Text, caller, cancel);
        journal.Record(caller.Actor, "hit.decided", hit.Reference, purpose,
            new { request.Verdict, request.Reason, list = hit.List, record = hit.EntityId, score = Math.Round(hit.Score, 4), version = hit.ListVersion });
        try
        {
            await db.SaveChangesAsync(cancel); // decision, settled pair and journal entry: all or none
        }
        catch (DbUpdateConcurrencyException)
        {
            return ScreeningRefusals.ChangedMeanwhile;
        }
        return await readHit.ViewAsync(hit, caller, cancel);
    }

    /// <summary>Adds the decision, and the pair when it was "not the same", to the context.</summary>
    internal async Task RecordAsync(Hit hit, Verdict verdict, string reason, string? text, Caller caller, CancellationToken cancel)
    {
        var at = clock.GetUtcNow();
        db.HitDecisions.Add(new HitDecision
        {
            Id = Id<HitDecision>.New(clock), Hit = hit.Id, Verdict = verdict, Reason = reason, By = caller.Actor.ToString(), At = at,
            Text = string.IsNullOrWhiteSpace(text) ? null : text.Trim(),
        });
        var pair = await db.SettledPairs.SingleOrDefaultAsync(p => p.Bureau == hit.Bureau && p.QuestionFingerprint == hit.QuestionFingerprint
            && p.List == hit.List && p.EntityId == hit.EntityId, cancel);
        if (verdict is not Verdict.NotTheSame)
        {
            if (pair is not null) db.SettledPairs.Remove(pair);
        }
        else if (pair is null)
        {
            db.SettledPairs.Add(new SettledPair
            {
                Bureau = hit.Bureau, QuestionFingerprint = hit.QuestionFingerprint, List = hit.List, EntityId = hit.EntityId,
                RecordFingerprint = hit.RecordFingerprint, Hit = hit.Id, HitReference = hit.Reference, By = caller.Actor.ToString(), At = at,
            });
        }
        else
        {
            (pair.RecordFingerprint, pair.Hit, pair.HitReference, pair.By, pair.At) = (hit.RecordFingerprint, hit.Id, hit.Reference, caller.Actor.ToString(), at);
        }
    }
}
