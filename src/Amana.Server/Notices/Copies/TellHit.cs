using Amana.Server.Access;
using Amana.Server.Data;
using Amana.Server.Exchange;
using Amana.Server.Foundation;
using Amana.Server.Journal;
using Amana.Server.Screening;
using Microsoft.EntityFrameworkCore;

namespace Amana.Server.Notices;

/// <summary>Tells the owner of a notice of a hit of ours: an officer's choice, after a look at it. The owner learns where and when, and what it came to; not who asked, and not what. Of a person
/// who is not the one nobody is told.</summary>
internal sealed class TellHit(AmanaDb db, Gate gate, JournalWriter journal, NoticeDesk desk, ReadHitsOnRecord hits, Outbox outbox, TimeProvider clock)
{
    public sealed record Request(string Reference, string? Hit, string? Purpose = null);

    public async Task<Refusal?> RunAsync(Request request, Caller caller, CancellationToken cancel)
    {
        if (await gate.CheckAsync(caller, Right.DecideHits, cancel) is { } forbidden) return forbidden;
        if (!(await desk.FindAsync(request.Reference, caller, cancel)).Succeeded(out var notice, out var unknown)) return unknown;
        if (!(await gate.CheckAsync(caller, Right.DecideHits, request.Purpose ?? caller.DefaultPurpose ?? notice.Rules.Purpose, cancel)).Succeeded(out var purpose, out forbidden)) return forbidden;
        if (!notice.State.IsInForce) return NoticeRefusals.NotInForce;
        if (!await db.NoticeOrigins.AnyAsync(o => o.Notice == notice.Id, cancel)) return NoticeRefusals.OwnerIsHere;
        if (request.Hit is not { } reference || await hits.OneAsync(NoticeBoard.List, notice.Reference, reference, caller, cancel) is not { } hit) return NoticeRefusals.HitUnknown;
        if (hit.Verdict is not (Verdict.SamePerson or Verdict.CannotTell)) return NoticeRefusals.HitUndecided;
        if (await db.ToldHits.AnyAsync(t => t.Notice == notice.Id && t.Hit == hit.Reference, cancel)) return NoticeRefusals.HitTold;

        var told = new ToldHit { Notice = notice.Id, Hit = hit.Reference };
        if (!outbox.Add(HitLetter.Kind, new HitLetter(notice.Reference, hit.Reference, hit.FoundAt, told.Number + 1, hit.Verdict), [notice.Bureau]).Succeeded(out var letter, out var unreached)) return unreached;
        told.Told(letter, hit.Verdict, clock.GetUtcNow());
        db.ToldHits.Add(told);
        journal.Record(caller.Actor, "notice.hit-told", notice.Reference, purpose, new { hit = hit.Reference, to = notice.Bureau.Value, hit.Verdict });
        try
        {
            await db.SaveChangesAsync(cancel);
        }
        catch (DbUpdateException)
        {
            return NoticeRefusals.HitTold; // at the same moment, by somebody else
        }

        return null;
    }
}
