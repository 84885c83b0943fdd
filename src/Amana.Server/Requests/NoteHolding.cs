using System.Text;
using Amana.Server.Access;
using Amana.Server.Data;
using Amana.Server.Foundation;
using Amana.Server.Journal;
using Amana.Server.Keys;
using Amana.Server.Notices;
using Microsoft.EntityFrameworkCore;

namespace Amana.Server.Requests;

/// <summary>Notes what is held about this person, and what of it may be told, as its owner answered or a rule says: a notice, the questions
/// that were asked about the person, entries of the journal.</summary>
internal sealed class NoteHolding(AmanaDb db, Gate gate, JournalWriter journal, FieldSealer sealer, HeldAbout held, TimeProvider clock)
{
    /// <param name="Words">What the letter says of it; for what is not told, the rule that forbids it.</param>
    public sealed record Request(string Reference, string? Notice, MayBeTold? Told, string? Words, HeldKind Kind = HeldKind.Notice);

    public async Task<Refusal?> RunAsync(Request request, Caller caller, CancellationToken cancel)
    {
        if (!(await gate.CheckAsync(caller, Right.HandleRequests, ReadRequest.PurposeCode, cancel)).Succeeded(out var purpose, out var forbidden)) return forbidden;
        if (request.Told is not { } told) return RequestRefusals.TextMissing("told");
        if (string.IsNullOrWhiteSpace(request.Words)) return RequestRefusals.TextMissing("words");
        if (request.Words.Length > DataRequest.ReasonCharsMax) return RequestRefusals.TooLong("words");
        if (await db.DataRequests.SingleOrDefaultAsync(r => r.Reference == request.Reference, cancel) is not { } kept) return RequestRefusals.Unknown;
        if (kept.State is not (RequestState.Received or RequestState.Waiting or RequestState.Admissible)) return RequestRefusals.WrongState;
        string notice = request.Kind is HeldKind.Notice ? (request.Notice ?? "").Trim().ToUpperInvariant() : "";
        if (request.Kind is HeldKind.Notice && !await held.ExistsAsync(notice, caller, cancel)) return RequestRefusals.NoticeUnknown;

        var holding = await db.RequestHoldings.SingleOrDefaultAsync(h => h.Request == kept.Id && h.Kind == request.Kind && h.Notice == notice, cancel);
        if (holding is null) db.RequestHoldings.Add(holding = new RequestHolding { Id = Id<RequestHolding>.New(clock), Request = kept.Id, Kind = request.Kind, Notice = notice, Told = told, Reason = [] });
        (holding.Told, holding.Reason) = (told, sealer.Seal(Encoding.UTF8.GetBytes(request.Words.Trim()), RequestHolding.PlaceOf(holding.Id)));
        db.AddStep(kept, "request.holding-noted", caller.Actor.ToString(), null, false, sealer, clock);
        journal.Record(caller.Actor, "request.holding-noted", kept.Reference, purpose, new { request.Kind, told });
        kept.Touch();
        return await db.SaveRequestAsync(cancel);
    }
}
