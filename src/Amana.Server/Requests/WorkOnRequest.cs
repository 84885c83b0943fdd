using Amana.Server.Access;
using Amana.Server.Data;
using Amana.Server.Foundation;
using Amana.Server.Journal;
using Amana.Server.Keys;
using Microsoft.EntityFrameworkCore;

namespace Amana.Server.Requests;

internal enum RequestWork { AskForMore, Prove, Admit, Extend }

/// <summary>Takes a request on its way to the decision: asks for what is missing, says how the identity was checked, starts the clock,
/// extends it once.</summary>
internal sealed class WorkOnRequest(AmanaDb db, Gate gate, JournalWriter journal, FieldSealer sealer, TimeProvider clock)
{
    /// <param name="Text">The question to the applicant, how it was checked, or why the clock is extended.</param>
    public sealed record Request(string Reference, RequestWork Work, string? Text, int Months = 0);

    public async Task<Refusal?> RunAsync(Request request, Caller caller, CancellationToken cancel)
    {
        if (!(await gate.CheckAsync(caller, Right.HandleRequests, ReadRequest.PurposeCode, cancel)).Succeeded(out var purpose, out var forbidden)) return forbidden;
        if (request.Work is not RequestWork.Admit && string.IsNullOrWhiteSpace(request.Text)) return RequestRefusals.TextMissing("text");
        if (request.Text is { Length: > DataRequest.ReasonCharsMax }) return RequestRefusals.TooLong("text");
        if (await db.DataRequests.SingleOrDefaultAsync(r => r.Reference == request.Reference, cancel) is not { } kept) return RequestRefusals.Unknown;
        var now = clock.GetUtcNow();
        var (refused, fact) = request.Work switch
        {
            RequestWork.AskForMore => (kept.AskForMore(), "request.more-asked"),
            RequestWork.Prove => (kept.Prove(now), "request.identity-proved"),
            RequestWork.Admit => (kept.Admit(now), "request.admitted"),
            _ => (kept.Extend(request.Months), "request.extended"),
        };
        if (refused is not null) return refused;
        db.AddStep(kept, fact, caller.Actor.ToString(), request.Text, request.Work is RequestWork.AskForMore, sealer, clock);
        journal.Record(caller.Actor, fact, kept.Reference, purpose, new { due = kept.DueAt });
        return await db.SaveRequestAsync(cancel);
    }
}
