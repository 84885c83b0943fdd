using Amana.Server.Access;
using Amana.Server.Foundation;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Amana.Server.Requests;

/// <summary>For a person who is signed in and handles requests; no token has the right.</summary>
internal static class RequestsApi
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        var requests = routes.MapGroup("/api/v1/requests").WithTags("Data requests").RequireAuthorization(nameof(Right.HandleRequests)).ProducesProblem(403);
        requests.MapGet("", List);
        requests.MapGet("/asked", Asked);
        requests.MapGet("/asked/{id}", ReadOne).ProducesProblem(404);
        requests.MapPost("/asked/{id}/answer", AnswerOther).ProducesProblem(400).ProducesProblem(404).ProducesProblem(409).ProducesProblem(422);
        var one = requests.MapGroup("/{reference}").ProducesProblem(404);
        one.MapGet("", Read);
        one.MapGet("/papers/{number:int}", Paper);
        var acts = one.MapGroup("").ProducesProblem(409).ProducesProblem(422);
        acts.MapPost("/steps", Work);
        acts.MapPost("/traces", Traces);
        acts.MapPost("/holdings", Hold);
        acts.MapPost("/consultations", Ask);
        acts.MapPost("/consultations/{id}/answer", Answer);
        acts.MapPost("/decision", Propose);
        acts.MapPost("/decision/confirm", Confirm);
        acts.MapPost("/decision/send-back", SendBack);
        acts.MapPost("/letter", Tell);
    }

    /// <summary>The requests that wait, the most urgent first, or those that are finished.</summary>
    internal static async Task<Results<Ok<IReadOnlyList<ListRequests.Row>>, ProblemHttpResult>> List(bool? finished, Caller caller, ListRequests list, CancellationToken cancel) =>
        (await list.RunAsync(new(finished is true), caller, cancel)).Succeeded(out var rows, out var refusal) ? TypedResults.Ok(rows) : refusal.ToProblem();

    /// <summary>What other bureaus ask this one about requests of theirs, the most urgent first; answered ones last.</summary>
    internal static async Task<Results<Ok<IReadOnlyList<ListAsked.Row>>, ProblemHttpResult>> Asked(Caller caller, ListAsked list, CancellationToken cancel) =>
        (await list.RunAsync(caller, cancel)).Succeeded(out var rows, out var refusal) ? TypedResults.Ok(rows) : refusal.ToProblem();

    /// <summary>One of these questions; the opening is journaled.</summary>
    internal static async Task<Results<Ok<ReadAsked.View>, ProblemHttpResult>> ReadOne(Id<AskedConsultation> id, Caller caller, ReadAsked read, CancellationToken cancel) =>
        (await read.RunAsync(id, caller, cancel)).Succeeded(out var view, out var refusal) ? TypedResults.Ok(view) : refusal.ToProblem();

    /// <summary>Answer it; the answer goes to the bureau that asked, once.</summary>
    internal static async Task<Results<NoContent, ProblemHttpResult>> AnswerOther(Id<AskedConsultation> id, OtherAnswerBody body, Caller caller, AnswerConsultation answer, CancellationToken cancel) =>
        Said(await answer.RunAsync(new(id, body.Answer, body.Reason, body.Ground, body.Change ?? ConsultationChange.None), caller, cancel));

    /// <summary>One request whole; the opening is journaled.</summary>
    internal static async Task<Results<Ok<WholeRequest>, ProblemHttpResult>> Read(string reference, Caller caller, ReadRequest read, CancellationToken cancel) =>
        (await read.RunAsync(new(reference), caller, cancel)).Succeeded(out var view, out var refusal) ? TypedResults.Ok(WholeRequest.Of(view)) : refusal.ToProblem();

    /// <summary>A copy that the applicant sent.</summary>
    /// <response code="404">There is nothing here.</response>
    internal static async Task<IResult> Paper(string reference, int number, Caller caller, ReadRequest readRequest, HttpContext http, CancellationToken cancel)
    {
        http.Response.Headers.CacheControl = "no-store";
        return (await readRequest.PaperAsync(reference, number, caller, cancel)).Succeeded(out var paper, out var refusal) ? TypedResults.Bytes(paper.Bytes, paper.MediaType) : refusal.ToProblem();
    }

    /// <summary>Ask for more, say how the identity was checked, admit, or extend the clock.</summary>
    internal static async Task<Results<NoContent, ProblemHttpResult>> Work(string reference, WorkBody body, Caller caller, WorkOnRequest work, CancellationToken cancel) =>
        Said(await work.RunAsync(new(reference, body.Work, body.Text, body.Months), caller, cancel));

    /// <summary>Look for questions and journal entries about somebody of this name; nothing of it is kept.</summary>
    internal static async Task<Results<Ok<LookForTraces.View>, ProblemHttpResult>> Traces(string reference, Caller caller, LookForTraces look, CancellationToken cancel) =>
        (await look.RunAsync(new(reference), caller, cancel)).Succeeded(out var view, out var refusal) ? TypedResults.Ok(view) : refusal.ToProblem();

    /// <summary>Note what is held, and what of it may be told.</summary>
    internal static async Task<Results<NoContent, ProblemHttpResult>> Hold(string reference, HoldingBody body, Caller caller, NoteHolding hold, CancellationToken cancel) =>
        Said(await hold.RunAsync(new(reference, body.Notice, body.Told, body.Words, body.Kind), caller, cancel));

    /// <summary>Write down that the owner of a notice, or without one the General Secretariat, was asked.</summary>
    internal static async Task<Results<NoContent, ProblemHttpResult>> Ask(string reference, QuestionBody body, Caller caller, Consult consult, CancellationToken cancel) =>
        Said(await consult.RunAsync(new(reference, body.Notice, body.Question), caller, cancel));

    /// <summary>Write down what was answered.</summary>
    internal static async Task<Results<NoContent, ProblemHttpResult>> Answer(string reference, Id<RequestConsultation> id, AnswerBody body, Caller caller, TakeConsultation take, CancellationToken cancel) =>
        Said(await take.RunAsync(new(reference, id, body.Answer, body.Reason), caller, cancel));

    /// <summary>Propose a decision; another person confirms it.</summary>
    internal static async Task<Results<NoContent, ProblemHttpResult>> Propose(string reference, DecisionBody body, Caller caller, ProposeDecision propose, CancellationToken cancel) =>
        Said(await propose.RunAsync(new(reference, body.Outcome, body.Reasons, body.Note), caller, cancel));

    /// <summary>Confirm a decision whose letter was read; what it orders is done on all notices or on none.</summary>
    internal static async Task<Results<NoContent, ProblemHttpResult>> Confirm(string reference, ConfirmBody body, Caller caller, ConfirmDecision confirm, CancellationToken cancel) =>
        Said(await confirm.RunAsync(new(reference, body.Read, body.Version), caller, cancel));

    /// <summary>Withdraw the own proposal, or send another's back.</summary>
    internal static async Task<Results<NoContent, ProblemHttpResult>> SendBack(string reference, WhyBody body, Caller caller, SendBackDecision back, CancellationToken cancel) =>
        Said(await back.RunAsync(new(reference, body.Why), caller, cancel));

    /// <summary>Release the letter to the applicant.</summary>
    internal static async Task<Results<NoContent, ProblemHttpResult>> Tell(string reference, Caller caller, TellApplicant tell, CancellationToken cancel) => Said(await tell.RunAsync(new(reference), caller, cancel));

    private static Results<NoContent, ProblemHttpResult> Said(Refusal? refusal) => refusal is null ? TypedResults.NoContent() : refusal.ToProblem();

    /// <param name="Text">The question to the applicant, how it was checked, or why the clock is extended.</param>
    internal sealed record WorkBody(RequestWork Work, string? Text, int Months = 0);

    internal sealed record HoldingBody(string? Notice, MayBeTold? Told, string? Words, HeldKind Kind = HeldKind.Notice);

    /// <param name="Notice">Null: the General Secretariat.</param>
    internal sealed record QuestionBody(string? Notice, string? Question);

    internal sealed record AnswerBody(ConsultationAnswer? Answer, string? Reason);

    /// <param name="Ground">The rule that forbids; needed where something is kept back.</param>
    /// <param name="Change">What will be done about the notice; none when absent.</param>
    internal sealed record OtherAnswerBody(ConsultationAnswer? Answer, string? Reason, string? Ground, ConsultationChange? Change);

    internal sealed record DecisionBody(RequestOutcome? Outcome, string? Reasons, string? Note);

    /// <param name="Version">As GET answered it with the letter.</param>
    internal sealed record ConfirmBody(bool Read, long? Version);

    internal sealed record WhyBody(string? Why);

    /// <param name="Mine">The caller proposed the decision that waits.</param>
    internal sealed record WholeRequest(
        string Reference, IReadOnlyList<DataRequestKind> Kinds, string? RevisionOf, RequestState State, long Version, DateTimeOffset ReceivedAt, DateTimeOffset? AdmissibleAt, DateTimeOffset? DueAt, string Language,
        RequestOutcome? Outcome, bool Mine, RequestContent Content, IReadOnlyList<int> Papers, IReadOnlyList<ReadRequest.StepView> Steps, IReadOnlyList<ReadRequest.HoldingView> Holdings,
        IReadOnlyList<ReadRequest.ConsultationView> Consultations, LetterView? Letter)
    {
        public static WholeRequest Of(ReadRequest.View view) => new(
            view.Of.Reference, view.Of.Kinds, view.RevisionOf, view.Of.State, view.Of.Version, view.Of.ReceivedAt, view.Of.AdmissibleAt, view.Of.DueAt, view.Of.Language, view.Of.Outcome, view.Mine, view.Content, view.Papers,
            view.Steps, view.Holdings, view.Consultations, view.Letter);
    }
}
