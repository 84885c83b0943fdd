using System.Text.Json;
using Amana.Server.Data;
using Amana.Server.Exchange;
using Amana.Server.Foundation;
using Amana.Server.Journal;
using Amana.Server.Keys;
using Amana.Server.Notices;
using Microsoft.EntityFrameworkCore;

namespace Amana.Server.Requests;

/// <summary>Another bureau asks about a request of its own: stands with who handles requests here until it is answered.</summary>
internal sealed class ConsultationReader(AmanaDb db, BureauBook book, HeldAbout held, JournalWriter journal, FieldSealer sealer, TimeProvider clock) : ILetterReader
{
    public async Task<string?> TakeAsync(ReceivedLetter letter, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(letter);
        if (letter.Body.ValueKind is not JsonValueKind.Object || letter.Body.Deserialize<ConsultationLetter>(JsonRules.Options) is not { Party: { } party, Until: { } until, Request: { } request } said
            || said.Kinds is not { Count: > 0 and <= 3 } || said.Notices is not { Count: <= ConsultationLetter.NoticesMax } notices || string.IsNullOrWhiteSpace(said.Question)) return "unreadable";
        if (request.Length is 0 or > ConsultationLetter.RequestCharsMax || !request.All(c => char.IsAsciiLetterOrDigit(c) || c is '-')) return "unreadable";
        if (said.Question.Length > DataRequest.ReasonCharsMax) return "too-long";
        if (until < letter.WrittenAt || until > letter.WrittenAt.AddYears(1)) return "until";
        if (await WhyNotOursAsync(letter, party, notices, cancel) is { } word) return word;
        if (await db.AskedConsultations.CountAsync(a => a.Bureau == letter.From && a.AnsweredAt == null, cancel) >= AskedConsultation.OpenMax) return "full";

        var id = Id<AskedConsultation>.New(clock);
        var asked = new AskedConsultation
        {
            Id = id, Bureau = letter.From, Letter = letter.Id, Request = request, Party = party, ArrivedAt = letter.ArrivedAt, DueAt = until,
            Body = sealer.Seal(JsonSerializer.SerializeToUtf8Bytes(said, JsonRules.Options), $"data-request-asked/{id}"),
        };
        db.AskedConsultations.Add(asked);
        journal.Record(Actor.Server, "request.consultation-received", asked.Reference, details: new { from = letter.From.Value, letter = letter.Id, dueAt = until });
        return null;
    }

    // Whoever was not sent a notice is answered as for none.
    private async Task<string?> WhyNotOursAsync(ReceivedLetter letter, ConsultedParty party, IReadOnlyList<string> notices, CancellationToken cancel)
    {
        var references = notices.Select(n => NoticeReference.TryParse(n, null, out var reference) ? reference : null).ToList();
        if (references.Contains(null)) return "unreadable";
        if (party is ConsultedParty.Secretariat) return book.Secretariat == book.Self ? null : "not-secretariat";
        if (references is not [{ } one]) return "unreadable";
        if (one.Bureau != book.Self) return "not-owner";
        return await held.WasToldAsync(one.ToString(), letter.From, book.Self, cancel) ? null : "unknown";
    }
}
