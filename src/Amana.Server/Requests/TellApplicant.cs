using Amana.Server.Access;
using Amana.Server.Data;
using Amana.Server.Foundation;
using Amana.Server.Journal;
using Amana.Server.Keys;
using Microsoft.EntityFrameworkCore;

namespace Amana.Server.Requests;

/// <summary>Releases the letter to the applicant and ends the request; the copies of identity documents are deleted with it.</summary>
internal sealed class TellApplicant(AmanaDb db, Gate gate, JournalWriter journal, FieldSealer sealer, TimeProvider clock)
{
    public sealed record Request(string Reference);

    public async Task<Refusal?> RunAsync(Request request, Caller caller, CancellationToken cancel)
    {
        if (!(await gate.CheckAsync(caller, Right.HandleRequests, ReadRequest.PurposeCode, cancel)).Succeeded(out var purpose, out var forbidden)) return forbidden;
        if (await db.DataRequests.SingleOrDefaultAsync(r => r.Reference == request.Reference, cancel) is not { } kept) return RequestRefusals.Unknown;
        if (kept.Tell(clock.GetUtcNow()) is { } refused) return refused;
        var papers = await db.RequestPapers.Where(p => p.Request == kept.Id).ToListAsync(cancel);
        db.RequestPapers.RemoveRange(papers);
        db.AddStep(kept, "request.told", caller.Actor.ToString(), null, false, sealer, clock);
        journal.Record(caller.Actor, "request.told", kept.Reference, purpose, new { papersDeleted = papers.Count });
        return await db.SaveRequestAsync(cancel);
    }
}
