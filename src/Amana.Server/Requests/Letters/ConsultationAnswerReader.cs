using System.Text;
using System.Text.Json;
using Amana.Server.Data;
using Amana.Server.Exchange;
using Amana.Server.Foundation;
using Amana.Server.Journal;
using Amana.Server.Keys;
using Microsoft.EntityFrameworkCore;

namespace Amana.Server.Requests;

/// <summary>A bureau answers what it was asked about a request of ours: stands with the question, as an answer that a person wrote down. Late ones count until the
/// decision; one that comes while a decision is proposed changes the request, so that who confirms reads it first.</summary>
internal sealed class ConsultationAnswerReader(AmanaDb db, JournalWriter journal, FieldSealer sealer, TimeProvider clock) : ILetterReader
{
    public async Task<string?> TakeAsync(ReceivedLetter letter, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(letter);
        if (letter.Body.ValueKind is not JsonValueKind.Object || letter.Body.Deserialize<ConsultationAnswerLetter>(JsonRules.Options) is not { Question: { } question, Answer: { } answer } said
            || string.IsNullOrWhiteSpace(said.Reason)) return "unreadable";
        if (said.Reason.Length > DataRequest.ReasonCharsMax || said.Ground is { Length: > ConsultationAnswerLetter.GroundCharsMax }) return "too-long";
        if (RequestConsultation.NeedsGround(answer) && string.IsNullOrWhiteSpace(said.Ground)) return "ground";
        // Whoever was not asked is answered as for no question.
        if (await db.RequestConsultations.SingleOrDefaultAsync(c => c.Letter == question && c.Bureau == letter.From, cancel) is not { } asked) return "unknown";
        if (asked.AnsweredAt is not null) return "answered";
        if (!RequestConsultation.AnswersOf(asked.Party).Contains(answer)) return "unreadable";
        var kept = await db.DataRequests.SingleAsync(r => r.Id == asked.Request, cancel);
        if (kept.State is not (RequestState.Admissible or RequestState.Proposed)) return "decided";

        var now = clock.GetUtcNow();
        bool late = asked.StandingAt(now) is ConsultationStanding.Silent;
        byte[]? ground = string.IsNullOrWhiteSpace(said.Ground) ? null : sealer.Seal(Encoding.UTF8.GetBytes(said.Ground.Trim()), asked.Place + "/ground");
        if (asked.Take(answer, sealer.Seal(Encoding.UTF8.GetBytes(said.Reason.Trim()), asked.Place + "/answer"), ground, said.Change ?? ConsultationChange.None, now) is not null) return "answered";
        string fact = asked.Party is ConsultedParty.Secretariat ? "request.secretariat-answered" : "request.owner-answered";
        db.AddStep(kept, fact, $"bureau:{letter.From}", null, false, sealer, clock);
        journal.Record(Actor.Server, fact, kept.Reference, details: new { late, from = letter.From.Value, letter = letter.Id });
        kept.Touch();
        return null;
    }
}
