using System.Text.Json;
using Amana.Server.Access;
using Amana.Server.Data;
using Amana.Server.Foundation;
using Amana.Server.Journal;
using Amana.Server.Keys;
using Microsoft.EntityFrameworkCore;

namespace Amana.Server.Requests;

/// <summary>What other bureaus ask this one about requests of theirs: what is open, the most urgent first, then what was answered.</summary>
internal sealed class ListAsked(AmanaDb db, Gate gate)
{
    /// <param name="Request">Its reference at the bureau that asks.</param>
    public sealed record Row(Id<AskedConsultation> Id, string Bureau, string Request, ConsultedParty Party, DateTimeOffset ArrivedAt, DateTimeOffset DueAt, DateTimeOffset? AnsweredAt);

    public async Task<Result<IReadOnlyList<Row>>> RunAsync(Caller caller, CancellationToken cancel)
    {
        if (await gate.CheckAsync(caller, Right.HandleRequests, cancel) is { } forbidden) return forbidden;
        var open = await db.AskedConsultations.AsNoTracking().Where(a => a.AnsweredAt == null).OrderBy(a => a.DueAt).Take(ListRequests.RowsMax).ToListAsync(cancel);
        var answered = await db.AskedConsultations.AsNoTracking().Where(a => a.AnsweredAt != null).OrderByDescending(a => a.AnsweredAt).Take(ListRequests.RowsMax).ToListAsync(cancel);
        return open.Concat(answered).Select(a => new Row(a.Id, a.Bureau.Value, a.Request, a.Party, a.ArrivedAt, a.DueAt, a.AnsweredAt)).ToList();
    }

    public Task<int> OpenAsync(CancellationToken cancel) => db.AskedConsultations.CountAsync(a => a.AnsweredAt == null, cancel);
}

/// <summary>Opens one of these questions; each opening is journaled, where only who handles requests sees it.</summary>
internal sealed class ReadAsked(AmanaDb db, Gate gate, JournalWriter journal, FieldSealer sealer)
{
    /// <param name="Answer">What this bureau answered; null before.</param>
    public sealed record View(
        Id<AskedConsultation> Id, string Bureau, string Request, ConsultedParty Party, IReadOnlyList<DataRequestKind> Kinds, IReadOnlyList<string> Notices, string Question, DateTimeOffset ArrivedAt,
        DateTimeOffset DueAt, DateTimeOffset? AnsweredAt, ConsultationAnswerLetter? Answer);

    public async Task<Result<View>> RunAsync(Id<AskedConsultation> id, Caller caller, CancellationToken cancel)
    {
        if (!(await gate.CheckAsync(caller, Right.HandleRequests, ReadRequest.PurposeCode, cancel)).Succeeded(out var purpose, out var forbidden)) return forbidden;
        if (await db.AskedConsultations.AsNoTracking().SingleOrDefaultAsync(a => a.Id == id, cancel) is not { } asked) return RequestRefusals.Unknown;
        journal.Record(caller.Actor, "request.consultation-read", asked.Reference, purpose);
        await db.SaveChangesAsync(cancel);
        var said = JsonSerializer.Deserialize<ConsultationLetter>(sealer.Open(asked.Body, asked.Place), JsonRules.Options)!;
        var answer = asked.Answer is null ? null : JsonSerializer.Deserialize<ConsultationAnswerLetter>(sealer.Open(asked.Answer, asked.Place + "/answer"), JsonRules.Options);
        return new View(asked.Id, asked.Bureau.Value, asked.Request, asked.Party, said.Kinds!, said.Notices!, said.Question!, asked.ArrivedAt, asked.DueAt, asked.AnsweredAt, answer);
    }
}
