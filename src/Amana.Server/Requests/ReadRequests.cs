using System.Text;
using Amana.Exchange.Post;
using Amana.Server.Access;
using Amana.Server.Data;
using Amana.Server.Exchange;
using Amana.Server.Foundation;
using Amana.Server.Journal;
using Amana.Server.Keys;
using Amana.Server.Notices;
using Microsoft.EntityFrameworkCore;

namespace Amana.Server.Requests;

/// <summary>The requests that wait, the most urgent first, or those that are finished. Without a name.</summary>
internal sealed class ListRequests(AmanaDb db, Gate gate)
{
    public const int RowsMax = 500;

    public sealed record Request(bool Finished);

    /// <param name="Mine">The caller proposed the decision that waits: somebody else confirms it.</param>
    public sealed record Row(string Reference, IReadOnlyList<DataRequestKind> Kinds, bool IsRevision, RequestState State, RequestOutcome? Outcome, DateTimeOffset ReceivedAt, DateTimeOffset? DueAt, string Language, bool Mine);

    public async Task<Result<IReadOnlyList<Row>>> RunAsync(Request request, Caller caller, CancellationToken cancel)
    {
        if (await gate.CheckAsync(caller, Right.HandleRequests, cancel) is { } forbidden) return forbidden;
        var found = await db.DataRequests.AsNoTracking().Where(r => request.Finished == (r.State == RequestState.Told)).OrderBy(r => r.ReceivedAt).Take(RowsMax).ToListAsync(cancel);
        return found.Select(r => new Row(r.Reference, r.Kinds, r.RevisionOf is not null, r.State, r.Outcome, r.ReceivedAt, r.DueAt, r.Language, r.ProposedBy == caller.Actor.ToString())).OrderBy(r => r.DueAt ?? DateTimeOffset.MaxValue).ToList();
    }

    public Task<int> OpenAsync(CancellationToken cancel) => db.DataRequests.CountAsync(r => r.State != RequestState.Told, cancel);
}

/// <summary>Opens one request whole; each opening is journaled, where only who handles requests sees it.</summary>
internal sealed class ReadRequest(AmanaDb db, Gate gate, JournalWriter journal, FieldSealer sealer, HeldAbout held, Deliveries deliveries, TimeProvider clock)
{
    public const string PurposeCode = "data-subject-request";

    public sealed record Request(string Reference);

    public sealed record StepView(string Fact, DateTimeOffset At, bool ByApplicant, string? Text);

    public sealed record HoldingView(HeldKind Kind, string Notice, MayBeTold Told, string Reason);

    /// <param name="Notice">Empty for the General Secretariat.</param>
    /// <param name="Bureau">That was written to; null when people carried the question.</param>
    /// <param name="Way">Where that letter stands.</param>
    /// <param name="Fault">Word of its last refusal or failure.</param>
    /// <param name="Ground">The rule by which something is kept back.</param>
    public sealed record ConsultationView(Id<RequestConsultation> Id, ConsultedParty Party, string Notice, DateTimeOffset AskedAt, DateTimeOffset DueAt, ConsultationStanding Standing, string Question, ConsultationAnswer? Answer, DateTimeOffset? AnsweredAt, string? Words,
        string? Bureau, DeliveryState? Way, string? Fault, string? Ground, ConsultationChange? Change);

    /// <param name="Found">Notices whose names hold the applicant's family name; a lead, not the person.</param>
    /// <param name="RevisionOf">Reference of the request whose decision is to be looked at again.</param>
    /// <param name="Mine">The caller proposed the decision that waits.</param>
    public sealed record View(
        DataRequest Of, RequestContent Content, IReadOnlyList<int> Papers, IReadOnlyList<StepView> Steps, IReadOnlyList<HoldingView> Holdings, IReadOnlyList<ConsultationView> Consultations,
        IReadOnlyList<HeldAbout.Found> Found, LetterView? Letter, string? RevisionOf, bool Mine);

    public async Task<Result<View>> RunAsync(Request request, Caller caller, CancellationToken cancel)
    {
        if (!(await gate.CheckAsync(caller, Right.HandleRequests, PurposeCode, cancel)).Succeeded(out var purpose, out var forbidden)) return forbidden;
        if (await db.DataRequests.AsNoTracking().SingleOrDefaultAsync(r => r.Reference == request.Reference, cancel) is not { } kept) return RequestRefusals.Unknown;
        journal.Record(caller.Actor, "request.read", kept.Reference, purpose);
        await db.SaveChangesAsync(cancel);
        var content = RequestBook.ContentOf(kept, sealer);
        var steps = await db.RequestSteps.AsNoTracking().Where(s => s.Request == kept.Id).OrderBy(s => s.At).Take(RequestStep.PerRequestMax).ToListAsync(cancel);
        var holdings = await db.RequestHoldings.AsNoTracking().Where(h => h.Request == kept.Id).OrderBy(h => h.Notice).ToListAsync(cancel);
        return new View(kept, content, await db.RequestPapers.Where(p => p.Request == kept.Id).OrderBy(p => p.Number).Select(p => p.Number).ToListAsync(cancel),
            steps.ConvertAll(s => new StepView(s.Fact, s.At, s.By is null, RequestBook.TextOf(s, sealer))),
            holdings.ConvertAll(h => new HoldingView(h.Kind, h.Notice, h.Told, Encoding.UTF8.GetString(sealer.Open(h.Reason, RequestHolding.PlaceOf(h.Id))))),
            await ConsultationsAsync(kept, cancel),
            kept.State is RequestState.Told ? [] : await held.FindAsync(content.FamilyName, caller, cancel),
            kept.Outcome is null ? null : await LetterView.OfAsync(db, sealer, kept, cancel),
            kept.RevisionOf is { } earlier ? await db.DataRequests.Where(r => r.Id == earlier).Select(r => r.Reference).SingleOrDefaultAsync(cancel) : null, kept.ProposedBy == caller.Actor.ToString());
    }

    private async Task<List<ConsultationView>> ConsultationsAsync(DataRequest kept, CancellationToken cancel)
    {
        var now = clock.GetUtcNow();
        var asked = await db.RequestConsultations.AsNoTracking().Where(c => c.Request == kept.Id).OrderBy(c => c.AskedAt).ToListAsync(cancel);
        var ways = (await deliveries.OfAsync([.. asked.Where(c => c.Letter is not null).Select(c => c.Letter!.Value)], cancel)).ToDictionary(d => d.Letter);
        return asked.ConvertAll(c => new ConsultationView(c.Id, c.Party, c.Notice, c.AskedAt, c.DueAt, c.StandingAt(now), Encoding.UTF8.GetString(sealer.Open(c.Question, c.Place)),
            c.Answer, c.AnsweredAt, c.Words is null ? null : Encoding.UTF8.GetString(sealer.Open(c.Words, c.Place + "/answer")),
            c.Bureau?.Value, c.Letter is { } letter ? ways.GetValueOrDefault(letter)?.State : null, c.Letter is { } sent ? ways.GetValueOrDefault(sent)?.Fault : null,
            c.Ground is null ? null : Encoding.UTF8.GetString(sealer.Open(c.Ground, c.Place + "/ground")), c.Change));
    }

    /// <summary>One copy, for who may open the request; opening the request is what is journaled.</summary>
    public async Task<Result<(string MediaType, byte[] Bytes)>> PaperAsync(string reference, int number, Caller caller, CancellationToken cancel)
    {
        if (await gate.CheckAsync(caller, Right.HandleRequests, cancel) is { } forbidden) return forbidden;
        var paper = await db.DataRequests.Where(r => r.Reference == reference).Join(db.RequestPapers.AsNoTracking().Where(p => p.Number == number), r => r.Id, p => p.Request, (_, p) => p).SingleOrDefaultAsync(cancel);
        return paper is null ? RequestRefusals.Unknown : (paper.MediaType, sealer.Open(paper.Body, RequestPaper.PlaceOf(paper.Id)));
    }
}
