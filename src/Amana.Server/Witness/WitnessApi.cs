using System.Globalization;
using Amana.Server.Access;
using Amana.Server.Foundation;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Amana.Server.Witness;

internal static class WitnessApi
{
    private const string Text = "text/plain; charset=utf-8", SizeText = "text/x.tlog.size";

    public static void Map(IEndpointRouteBuilder routes)
    {
        var line = routes.MapGroup("/witness").AllowAnonymous().WithTags("Witness");
        line.MapPost("/add-checkpoint", PostCheckpoint).ProducesProblem(400).ProducesProblem(403).ProducesProblem(404).ProducesProblem(409).ProducesProblem(422);
        line.MapGet("/key", ReadKey);
        // Other bureaus of the directory: a signed request, no key typed by anybody.
        var exchange = routes.MapGroup("/exchange/v1/witness").AllowAnonymous().WithTags("Exchange").ProducesProblem(401).ProducesProblem(403);
        exchange.MapGet("/", ReadOwnKey);
        exchange.MapPost("/checkpoint", PostBureauCheckpoint).ProducesProblem(400).ProducesProblem(409).ProducesProblem(422);
        var api = routes.MapGroup("/api/v1").WithTags("Witness").ProducesProblem(401).ProducesProblem(403);
        api.MapGet("/witnesses", Read).RequireAuthorization(nameof(Right.ReadJournal));
        api.MapPost("/witnesses", PostWitness).RequireAuthorization(nameof(Right.ManageWitnesses)).ProducesProblem(400).ProducesProblem(409);
        api.MapPost("/witnesses/bureau", PostBureau).RequireAuthorization(nameof(Right.ManageWitnesses)).ProducesProblem(409);
        api.MapPost("/witnessed-logs/agree", PostAgree).RequireAuthorization(nameof(Right.ManageWitnesses)).ProducesProblem(404);
        api.MapPost("/witnesses/remove", RemoveOne).RequireAuthorization(nameof(Right.ManageWitnesses)).ProducesProblem(404);
        api.MapPost("/witnessed-logs", PostLog).RequireAuthorization(nameof(Right.ManageWitnesses)).ProducesProblem(400).ProducesProblem(409);
        api.MapPost("/witnessed-logs/remove", RemoveLog).RequireAuthorization(nameof(Right.ManageWitnesses)).ProducesProblem(404);
    }

    /// <summary>Show a checkpoint of a log that this server witnesses; the answer is its signature line. C2SP tlog-witness.</summary>
    /// <response code="200">Signed.</response>
    /// <response code="409">The log is at another size here; the body is that size.</response>
    /// <response code="422">It did not grow from what was signed before.</response>
    internal static async Task<IResult> PostCheckpoint(HttpContext http, SeeCheckpoint see, CancellationToken cancel)
    {
        byte[] body = new byte[CheckpointRequest.BytesMost + 1];
        int read = await http.Request.Body.ReadAtLeastAsync(body, body.Length, throwOnEndOfStream: false, cancel);
        if (!CheckpointRequest.TryParse(body.AsSpan(0, read), out var request)) return WitnessRefusals.Unreadable.ToProblem();
        return Answer(await see.RunAsync(request!, cancel));
    }

    /// <summary>The key with which this server co-signs journals, signed by this bureau. For bureaus of the directory.</summary>
    internal static async Task<IResult> ReadOwnKey(HttpRequest request, SeeBureauCheckpoint see, CancellationToken cancel) =>
        (await see.KeyAsync(request, cancel)).Succeeded(out string? statement, out var refusal) ? TypedResults.Text(statement, "application/jose") : refusal.ToProblem();

    /// <summary>Show a checkpoint of one's journal, as a bureau of the directory; the answer is this server's signature line.</summary>
    /// <response code="403">The people here have yet to agree.</response>
    /// <response code="409">The journal is at another size here; the body is that size.</response>
    /// <response code="422">It did not grow from what was signed before, or is another journal.</response>
    internal static async Task<IResult> PostBureauCheckpoint(HttpRequest request, SeeBureauCheckpoint see, CancellationToken cancel) => Answer(await see.RunAsync(request, cancel));

    private static IResult Answer(Result<SeeCheckpoint.Seen> result)
    {
        if (!result.Succeeded(out var seen, out var refusal)) return refusal.ToProblem();
        return seen.KnownSize is { } known
            ? TypedResults.Text(string.Create(CultureInfo.InvariantCulture, $"{known}\n"), SizeText, statusCode: 409)
            : TypedResults.Text($"{seen.Signature}\n", Text);
    }

    /// <summary>The key that verifies this server's co-signatures.</summary>
    internal static ContentHttpResult ReadKey(WitnessKeys keys) => TypedResults.Text($"{keys.Signer.Verifier}\n", Text);

    /// <summary>Who witnesses this journal, and which journals are witnessed here.</summary>
    internal static async Task<Results<Ok<ReadWitnesses.View>, ProblemHttpResult>> Read(Caller caller, ReadWitnesses read, CancellationToken cancel) =>
        (await read.RunAsync(caller, cancel)).Succeeded(out var view, out var refusal) ? TypedResults.Ok(view) : refusal.ToProblem();

    /// <summary>Show every checkpoint of this journal to a bureau from now on.</summary>
    internal static async Task<Results<NoContent, ProblemHttpResult>> PostWitness(WitnessBody body, Caller caller, AddWitness add, CancellationToken cancel) =>
        await add.RunAsync(new(body.Name, body.Address, body.Key), caller, cancel) is { } refusal ? refusal.ToProblem() : TypedResults.NoContent();

    /// <summary>Ask a bureau of the directory to witness this journal, over the exchange.</summary>
    internal static async Task<Results<NoContent, ProblemHttpResult>> PostBureau(AskBureau.Request body, Caller caller, AskBureau ask, CancellationToken cancel) =>
        await ask.RunAsync(body, caller, cancel) is { } refusal ? refusal.ToProblem() : TypedResults.NoContent();

    /// <summary>Agree to witness the journal of a bureau that asked.</summary>
    internal static async Task<Results<NoContent, ProblemHttpResult>> PostAgree(AgreeToLog.Request body, Caller caller, AgreeToLog agree, CancellationToken cancel) =>
        await agree.RunAsync(body, caller, cancel) is { } refusal ? refusal.ToProblem() : TypedResults.NoContent();

    /// <summary>Show a bureau nothing any more.</summary>
    internal static async Task<Results<NoContent, ProblemHttpResult>> RemoveOne(RemoveBody body, Caller caller, RemoveWitness remove, CancellationToken cancel) =>
        await remove.RunAsync(new(body.Key), caller, cancel) is { } refusal ? refusal.ToProblem() : TypedResults.NoContent();

    /// <summary>Sign the checkpoints of another bureau's journal from now on.</summary>
    internal static async Task<Results<NoContent, ProblemHttpResult>> PostLog(LogBody body, Caller caller, AddWitnessedLog add, CancellationToken cancel) =>
        await add.RunAsync(new(body.Name, body.Key), caller, cancel) is { } refusal ? refusal.ToProblem() : TypedResults.NoContent();

    /// <summary>Sign nothing of a journal any more.</summary>
    internal static async Task<Results<NoContent, ProblemHttpResult>> RemoveLog(RemoveBody body, Caller caller, RemoveWitnessedLog remove, CancellationToken cancel) =>
        await remove.RunAsync(new(body.Key), caller, cancel) is { } refusal ? refusal.ToProblem() : TypedResults.NoContent();

    /// <param name="Name">The bureau's, for people.</param>
    /// <param name="Address">Where it takes checkpoints: https://bureau.example/witness.</param>
    /// <param name="Key">Its key, as it shows it under /witness/key.</param>
    internal sealed record WitnessBody(string? Name, string? Address, string? Key);

    /// <param name="Name">The bureau's, for people.</param>
    /// <param name="Key">The journal's key, as it shows it under /journal/key.</param>
    internal sealed record LogBody(string? Name, string? Key);

    /// <param name="Key">Of a witness its key, of a journal its origin.</param>
    internal sealed record RemoveBody(string? Key);
}
