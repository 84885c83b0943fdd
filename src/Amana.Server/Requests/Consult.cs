using System.Text;
using Amana.Server.Access;
using Amana.Server.Data;
using Amana.Server.Foundation;
using Amana.Server.Journal;
using Amana.Server.Keys;
using Microsoft.EntityFrameworkCore;

namespace Amana.Server.Requests;

/// <summary>Writes down that the General Secretariat, or the owner of a notice that was noted, was asked, and until when an answer is waited
/// for. How the question gets there is not this act's: police officers do not learn of a request.</summary>
internal sealed class Consult(AmanaDb db, Gate gate, JournalWriter journal, FieldSealer sealer, TimeProvider clock)
{
    /// <param name="Notice">Empty: the General Secretariat is asked.</param>
    public sealed record Request(string Reference, string? Notice, string? Question);

    public async Task<Refusal?> RunAsync(Request request, Caller caller, CancellationToken cancel)
    {
        if (!(await gate.CheckAsync(caller, Right.HandleRequests, ReadRequest.PurposeCode, cancel)).Succeeded(out var purpose, out var forbidden)) return forbidden;
        if (string.IsNullOrWhiteSpace(request.Question)) return RequestRefusals.TextMissing("question");
        if (request.Question.Length > DataRequest.ReasonCharsMax) return RequestRefusals.TooLong("question");
        if (await db.DataRequests.SingleOrDefaultAsync(r => r.Reference == request.Reference, cancel) is not { } kept) return RequestRefusals.Unknown;
        if (kept.State is not RequestState.Admissible) return RequestRefusals.WrongState;
        string notice = (request.Notice ?? "").Trim().ToUpperInvariant();
        if (notice.Length > 0 && !await db.RequestHoldings.AnyAsync(h => h.Request == kept.Id && h.Kind == HeldKind.Notice && h.Notice == notice, cancel)) return RequestRefusals.NoticeUnknown;
        var now = clock.GetUtcNow();
        var asked = await db.RequestConsultations.AsNoTracking().Where(c => c.Request == kept.Id).ToListAsync(cancel);
        if (asked.Count >= RequestConsultation.PerRequestMax || asked.Exists(c => c.Notice == notice && c.StandingAt(now) is ConsultationStanding.Open)) return RequestRefusals.ConsultationOpen;

        var party = notice.Length == 0 ? ConsultedParty.Secretariat : ConsultedParty.Owner;
        var id = Id<RequestConsultation>.New(clock);
        var due = now.AddDays(party is ConsultedParty.Secretariat ? RequestConsultation.SecretariatDays : RequestConsultation.OwnerDays);
        db.RequestConsultations.Add(new RequestConsultation
        {
            Id = id, Request = kept.Id, Party = party, Notice = notice, AskedAt = now, DueAt = due, AskedBy = caller.Actor.ToString(),
            Question = sealer.Seal(Encoding.UTF8.GetBytes(request.Question.Trim()), $"data-request-consultation/{id}"),
        });
        string fact = party is ConsultedParty.Secretariat ? "request.secretariat-asked" : "request.owner-asked";
        db.AddStep(kept, fact, caller.Actor.ToString(), null, false, sealer, clock);
        journal.Record(caller.Actor, fact, kept.Reference, purpose, new { dueAt = due });
        kept.Touch();
        return await db.SaveRequestAsync(cancel);
    }
}

/// <summary>Writes down what was answered to a question of this request, with the reasons. Late answers count until the decision is proposed.</summary>
internal sealed class TakeConsultation(AmanaDb db, Gate gate, JournalWriter journal, FieldSealer sealer, TimeProvider clock)
{
    public sealed record Request(string Reference, Id<RequestConsultation> Consultation, ConsultationAnswer? Answer, string? Words);

    public async Task<Refusal?> RunAsync(Request request, Caller caller, CancellationToken cancel)
    {
        if (!(await gate.CheckAsync(caller, Right.HandleRequests, ReadRequest.PurposeCode, cancel)).Succeeded(out var purpose, out var forbidden)) return forbidden;
        if (request.Answer is not { } answer) return RequestRefusals.AnswerMissing;
        if (string.IsNullOrWhiteSpace(request.Words)) return RequestRefusals.TextMissing("reason");
        if (request.Words.Length > DataRequest.ReasonCharsMax) return RequestRefusals.TooLong("reason");
        if (await db.DataRequests.SingleOrDefaultAsync(r => r.Reference == request.Reference, cancel) is not { } kept) return RequestRefusals.Unknown;
        if (await db.RequestConsultations.SingleOrDefaultAsync(c => c.Id == request.Consultation && c.Request == kept.Id, cancel) is not { } asked) return RequestRefusals.Unknown;
        if (kept.State is not RequestState.Admissible) return RequestRefusals.WrongState;
        var now = clock.GetUtcNow();
        bool late = asked.StandingAt(now) is ConsultationStanding.Silent;
        if (asked.Take(answer, sealer.Seal(Encoding.UTF8.GetBytes(request.Words.Trim()), asked.Place + "/answer"), now) is { } refused) return refused;
        string fact = asked.Party is ConsultedParty.Secretariat ? "request.secretariat-answered" : "request.owner-answered";
        db.AddStep(kept, fact, caller.Actor.ToString(), null, false, sealer, clock);
        journal.Record(caller.Actor, fact, kept.Reference, purpose, new { late });
        kept.Touch();
        return await db.SaveRequestAsync(cancel);
    }
}
