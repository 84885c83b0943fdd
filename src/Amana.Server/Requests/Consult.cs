using System.Text;
using Amana.Server.Access;
using Amana.Server.Data;
using Amana.Server.Exchange;
using Amana.Server.Foundation;
using Amana.Server.Journal;
using Amana.Server.Keys;
using Amana.Vocabulary;
using Microsoft.EntityFrameworkCore;

namespace Amana.Server.Requests;

/// <summary>Asks the General Secretariat, or the owner of a notice that was noted, and writes down until when an answer is waited for. A bureau of the directory
/// is asked by a letter that only who handles requests there learns of; any other by people, as the own bureau is.</summary>
internal sealed class Consult(AmanaDb db, Gate gate, JournalWriter journal, FieldSealer sealer, BureauBook book, Outbox outbox, TimeProvider clock)
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
        var to = ConsultationLetter.BureauFor(notice, book);
        var letter = to is not null ? await SendAsync(kept, party, notice, request.Question.Trim(), due, to, cancel) : null;
        db.RequestConsultations.Add(new RequestConsultation
        {
            Id = id, Request = kept.Id, Party = party, Notice = notice, AskedAt = now, DueAt = due, AskedBy = caller.Actor.ToString(), Bureau = letter is null ? null : to, Letter = letter,
            Question = sealer.Seal(Encoding.UTF8.GetBytes(request.Question.Trim()), $"data-request-consultation/{id}"),
        });
        string fact = party is ConsultedParty.Secretariat ? "request.secretariat-asked" : "request.owner-asked";
        db.AddStep(kept, fact, caller.Actor.ToString(), null, false, sealer, clock);
        journal.Record(caller.Actor, fact, kept.Reference, purpose, new { dueAt = due, to = letter is null ? null : to?.Value, letter });
        kept.Touch();
        return await db.SaveRequestAsync(cancel);
    }

    /// <returns>The letter; null when none can go there now, and people carry the question.</returns>
    private async Task<Guid?> SendAsync(DataRequest kept, ConsultedParty party, string notice, string question, DateTimeOffset due, BureauCode to, CancellationToken cancel)
    {
        // The notice says who it is about: of the applicant nothing goes out.
        IReadOnlyList<string> about = notice.Length > 0 ? [notice]
            : await db.RequestHoldings.Where(h => h.Request == kept.Id && h.Kind == HeldKind.Notice).OrderBy(h => h.Notice).Select(h => h.Notice).Take(ConsultationLetter.NoticesMax).ToListAsync(cancel);
        return outbox.Add(ConsultationLetter.Kind, new ConsultationLetter(kept.Reference, party, kept.Kinds, about, question, due), [to]).Succeeded(out var letter, out _) ? letter : null;
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
