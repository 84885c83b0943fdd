using Amana.Server.Access;
using Amana.Server.BlindQuestions.Asked;
using Amana.Server.BlindQuestions.Asking;
using Amana.Server.Foundation;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Amana.Server.BlindQuestions;

internal static class BlindApi
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        var line = routes.MapGroup("/exchange/v1/blind").AllowAnonymous().WithTags("Exchange").ProducesProblem(401).ProducesProblem(403).ProducesProblem(503);
        line.MapGet("/", ReadTerms);
        line.MapGet("/{epoch:long}/list", ReadList).ProducesProblem(409);
        line.MapPost("/{epoch:long}", Answer).ProducesProblem(400).ProducesProblem(409).ProducesProblem(429);

        var api = routes.MapGroup("/api/v1").WithTags("Blind questions").ProducesProblem(401).ProducesProblem(403);
        api.MapPost("/blind-questions", Post).RequireAuthorization(nameof(Right.Screen)).ProducesProblem(400).ProducesProblem(422);
        api.MapGet("/blind-questions/{reference}", Read).RequireAuthorization(nameof(Right.Screen)).ProducesProblem(404);
        api.MapGet("/blind-terms", ReadAll).RequireAuthorization(nameof(Right.ManageBlindQuestions));
        api.MapPost("/blind-terms/bureaus", PostBureau).RequireAuthorization(nameof(Right.ManageBlindQuestions)).ProducesProblem(400).ProducesProblem(404).ProducesProblem(422);
        api.MapGet("/blind-terms/questions", ReadQuestions).RequireAuthorization(nameof(Right.ManageBlindQuestions));
        api.MapPost("/blind-terms/close", PostClose).RequireAuthorization(nameof(Right.ManageBlindQuestions)).ProducesProblem(404).ProducesProblem(409).ProducesProblem(422);
        api.MapPost("/blind-terms/lists", PostList).RequireAuthorization(nameof(Right.ManageBlindQuestions)).ProducesProblem(404).ProducesProblem(422);
    }

    /// <summary>Epoch, public key and size of the sealed list, signed (docs/specs/ask.md). For bureaus that may ask.</summary>
    internal static async Task<IResult> ReadTerms(HttpRequest request, AnswerBlind answer, CancellationToken cancel) =>
        (await answer.TermsAsync(request, cancel)).Succeeded(out string? terms, out var refusal) ? TypedResults.Text(terms, "application/jose") : refusal.ToProblem();

    /// <summary>The sealed list of the epoch, as this bureau may know it. Ranges.</summary>
    internal static async Task<IResult> ReadList(long epoch, HttpRequest request, AnswerBlind answer, CancellationToken cancel) =>
        (await answer.ListAsync(epoch, request, cancel)).Succeeded(out byte[]? list, out var refusal) ? TypedResults.Bytes(list, "application/octet-stream", enableRangeProcessing: true) : refusal.ToProblem();

    /// <summary>Answer 24 blinded keys.</summary>
    internal static async Task<Results<Ok<AnswerBlind.Reply>, ProblemHttpResult>> Answer(long epoch, HttpRequest request, AnswerBlind answer, CancellationToken cancel) =>
        (await answer.RunAsync(epoch, request, cancel)).Succeeded(out var reply, out var refusal) ? TypedResults.Ok(reply) : refusal.ToProblem();

    /// <summary>Ask bureaus about a person or document without telling them about whom.</summary>
    internal static async Task<Results<Accepted<AskedBody>, ProblemHttpResult>> Post(AskBlind.Request body, Caller caller, AskBlind ask, CancellationToken cancel) =>
        (await ask.RunAsync(body, caller, cancel)).Succeeded(out string? reference, out var refusal) ? TypedResults.Accepted($"/api/v1/blind-questions/{reference}", new AskedBody(reference)) : refusal.ToProblem();

    /// <summary>What came of one's own question: all answers at once, a minute after it.</summary>
    internal static async Task<Results<Ok<ReadBlindAsks.View>, ProblemHttpResult>> Read(string reference, Caller caller, ReadBlindAsks read, CancellationToken cancel) =>
        (await read.RunAsync(reference, caller, cancel)).Succeeded(out var view, out var refusal) ? TypedResults.Ok(view) : refusal.ToProblem();

    /// <summary>Who may ask this bureau, about which lists.</summary>
    internal static async Task<Results<Ok<ReadBlindTerms.View>, ProblemHttpResult>> ReadAll(Caller caller, ReadBlindTerms read, CancellationToken cancel) =>
        (await read.RunAsync(caller, cancel)).Succeeded(out var view, out var refusal) ? TypedResults.Ok(view) : refusal.ToProblem();

    /// <summary>Say how often a bureau may ask in a day.</summary>
    internal static async Task<Results<NoContent, ProblemHttpResult>> PostBureau(SetBlindTerms.BureauRequest body, Caller caller, SetBlindTerms set, CancellationToken cancel) =>
        await set.RunAsync(body, caller, cancel) is { } refusal ? refusal.ToProblem() : TypedResults.NoContent();

    /// <summary>Open or close a list for blind questions.</summary>
    internal static async Task<Results<NoContent, ProblemHttpResult>> PostList(SetBlindTerms.ListRequest body, Caller caller, SetBlindTerms set, CancellationToken cancel) =>
        await set.RunAsync(body, caller, cancel) is { } refusal ? refusal.ToProblem() : TypedResults.NoContent();

    /// <summary>What other bureaus asked blindly here, newest first: which bureau, when, for what purpose. More is not known.</summary>
    /// <param name="limit">1 to 500; 100 unless given.</param>
    internal static async Task<Results<Ok<IReadOnlyList<CloseBlind.Question>>, ProblemHttpResult>> ReadQuestions(int? limit, Caller caller, CloseBlind close, CancellationToken cancel) =>
        (await close.QuestionsAsync(limit ?? 100, caller, cancel)).Succeeded(out var questions, out var refusal) ? TypedResults.Ok(questions) : refusal.ToProblem();

    /// <summary>Close a bureau because of what it asked; it is told the word, not the reason.</summary>
    internal static async Task<Results<NoContent, ProblemHttpResult>> PostClose(CloseBlind.Request body, Caller caller, CloseBlind close, CancellationToken cancel) =>
        await close.RunAsync(body, caller, cancel) is { } refusal ? refusal.ToProblem() : TypedResults.NoContent();

    internal sealed record AskedBody(string Reference);
}
