using System.Text.Json;
using Amana.Server.Access;
using Amana.Server.Data;
using Amana.Server.Exchange;
using Amana.Server.Foundation;
using Amana.Server.Journal;
using Amana.Server.Keys;
using Microsoft.EntityFrameworkCore;

namespace Amana.Server.Requests;

/// <summary>Answers what another bureau asked about a request of its own: what may be told, why, by which rule not, and what will be done about the notice. The
/// answer goes there as a letter, once; what it says of a change is done by who works on the notice.</summary>
internal sealed class AnswerConsultation(AmanaDb db, Gate gate, JournalWriter journal, FieldSealer sealer, Outbox outbox, TimeProvider clock)
{
    /// <param name="Ground">The rule that forbids; needed where something is kept back.</param>
    public sealed record Request(Id<AskedConsultation> Asked, ConsultationAnswer? Answer, string? Reason, string? Ground, ConsultationChange Change);

    public async Task<Refusal?> RunAsync(Request request, Caller caller, CancellationToken cancel)
    {
        if (!(await gate.CheckAsync(caller, Right.HandleRequests, ReadRequest.PurposeCode, cancel)).Succeeded(out var purpose, out var forbidden)) return forbidden;
        if (await db.AskedConsultations.SingleOrDefaultAsync(a => a.Id == request.Asked, cancel) is not { } asked) return RequestRefusals.Unknown;
        if (asked.AnsweredAt is not null) return RequestRefusals.AskedAnswered;
        if (request.Answer is not { } answer || !RequestConsultation.AnswersOf(asked.Party).Contains(answer)) return RequestRefusals.AnswerMissing;
        if (string.IsNullOrWhiteSpace(request.Reason)) return RequestRefusals.TextMissing("reason");
        if (request.Reason.Length > DataRequest.ReasonCharsMax) return RequestRefusals.TooLong("reason");
        if (request.Ground is { Length: > ConsultationAnswerLetter.GroundCharsMax }) return RequestRefusals.TooLong("ground");
        if (RequestConsultation.NeedsGround(answer) && string.IsNullOrWhiteSpace(request.Ground)) return RequestRefusals.GroundMissing;

        var said = new ConsultationAnswerLetter(asked.Letter, answer, request.Reason.Trim(), string.IsNullOrWhiteSpace(request.Ground) ? null : request.Ground.Trim(), request.Change);
        if (!outbox.Add(ConsultationAnswerLetter.Kind, said, [asked.Bureau]).Succeeded(out var letter, out var unsent)) return unsent;
        if (asked.TakeAnswer(sealer.Seal(JsonSerializer.SerializeToUtf8Bytes(said, JsonRules.Options), asked.Place + "/answer"), caller.Actor.ToString(), clock.GetUtcNow()) is { } refused) return refused;
        journal.Record(caller.Actor, "request.consultation-answered", asked.Reference, purpose, new { to = asked.Bureau.Value, letter });
        return await db.SaveRequestAsync(cancel) is null ? null : RequestRefusals.AskedAnswered;
    }
}
