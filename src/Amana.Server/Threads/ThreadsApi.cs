using Amana.Server.Access;
using Amana.Server.Foundation;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Amana.Server.Threads;

internal static class ThreadsApi
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        var threads = routes.MapGroup("/api/v1/threads").WithTags("Messages").RequireAuthorization(nameof(Right.ReadMessages)).ProducesProblem(403);
        threads.MapGet("/", List).ProducesProblem(400);
        threads.MapGet("/figures", Count).ProducesProblem(400);
        threads.MapPost("/", Send).RequireAuthorization(nameof(Right.SendMessages)).ProducesProblem(400).ProducesProblem(409).ProducesProblem(422);
        threads.MapGet("/{reference}", Read).ProducesProblem(404);
        threads.MapPost("/{reference}/messages", Continue).RequireAuthorization(nameof(Right.SendMessages)).ProducesProblem(400).ProducesProblem(404).ProducesProblem(409).ProducesProblem(422);
        threads.MapPost("/{reference}/assign", Assign).RequireAuthorization(nameof(Right.SendMessages)).ProducesProblem(404).ProducesProblem(409);
        threads.MapPost("/{reference}/close", Close).RequireAuthorization(nameof(Right.SendMessages)).ProducesProblem(404).ProducesProblem(409).ProducesProblem(422);
        threads.MapPost("/{reference}/messages/{letter:guid}/recall", Recall).RequireAuthorization(nameof(Right.SendMessages)).ProducesProblem(404).ProducesProblem(409);
        threads.MapPost("/{reference}/messages/{letter:guid}/ask-release", Ask).RequireAuthorization(nameof(Right.SendMessages)).ProducesProblem(400).ProducesProblem(404).ProducesProblem(409);
        threads.MapPost("/{reference}/messages/{letter:guid}/answer-release", Answer).RequireAuthorization(nameof(Right.ReleaseMessages)).ProducesProblem(400).ProducesProblem(404).ProducesProblem(409);
        threads.MapGet("/{reference}/files/{file:guid}", Download).ProducesProblem(404).ProducesProblem(409);
        var files = routes.MapGroup("/api/v1/files").WithTags("Messages").RequireAuthorization(nameof(Right.SendMessages)).ProducesProblem(403).ProducesProblem(404);
        files.MapPost("/", BeginUpload).ProducesProblem(400).ProducesProblem(409).ProducesProblem(413);
        files.MapPut("/{file:guid}", AppendUpload).ProducesProblem(400).ProducesProblem(409).ProducesProblem(413).ProducesProblem(503);
        files.MapGet("/{file:guid}", UploadStanding);
        routes.MapGet("/exchange/v1/files/{file:guid}", GiveToBureau).AllowAnonymous().WithTags("Exchange").ProducesProblem(401).ProducesProblem(404);
        threads.MapGet("/{reference}/export", Export).ProducesProblem(404);
    }

    /// <summary>Threads with other bureaus, the last written first.</summary>
    /// <param name="filter">all, unread, to-answer, mine or closed.</param>
    /// <param name="q">Words of the subject, or a reference that the thread is about.</param>
    /// <response code="200">A page of threads.</response>
    internal static async Task<Results<Ok<ListThreads.View>, ProblemHttpResult>> List(string? filter, string? q, int? page, int? limit, Caller caller, ListThreads list, CancellationToken cancel) =>
        (await list.RunAsync(new(filter, q, page ?? 1, limit ?? ListThreads.LimitUsual), caller, cancel)).Succeeded(out var view, out var refusal) ? TypedResults.Ok(view) : refusal.ToProblem();

    /// <summary>Figures of a year.</summary>
    /// <param name="forOthers">They leave the house: what its originators hold back is not counted.</param>
    /// <response code="200">The figures.</response>
    internal static async Task<Results<Ok<CountThreads.View>, ProblemHttpResult>> Count(int? year, bool? forOthers, Caller caller, CountThreads count, CancellationToken cancel) =>
        (await count.RunAsync(new(year, forOthers ?? false), caller, cancel)).Succeeded(out var view, out var refusal) ? TypedResults.Ok(view) : refusal.ToProblem();

    /// <summary>Write to other bureaus: opens a thread.</summary>
    /// <response code="200">The thread's reference here, and the letter's id.</response>
    /// <response code="409">The handling of something quoted forbids it; the code says which rule.</response>
    internal static async Task<Results<Ok<SendMessage.Sent>, ProblemHttpResult>> Send(MessageBody body, Caller caller, SendMessage send, CancellationToken cancel) =>
        (await send.RunAsync(body.Of(null), caller, cancel)).Succeeded(out var sent, out var refusal) ? TypedResults.Ok(sent) : refusal.ToProblem();

    /// <summary>Write in a thread: a message, a request, or an answer.</summary>
    /// <response code="200">The thread's reference here, and the letter's id.</response>
    /// <response code="409">The handling of something quoted forbids it; the code says which rule.</response>
    internal static async Task<Results<Ok<SendMessage.Sent>, ProblemHttpResult>> Continue(string reference, MessageBody body, Caller caller, SendMessage send, CancellationToken cancel) =>
        (await send.RunAsync(body.Of(reference), caller, cancel)).Succeeded(out var sent, out var refusal) ? TypedResults.Ok(sent) : refusal.ToProblem();

    /// <summary>Open a thread. What a person opens is read, and its writers are told so.</summary>
    /// <response code="200">The thread with its messages and questions.</response>
    internal static async Task<Results<Ok<ThreadView>, ProblemHttpResult>> Read(string reference, Caller caller, ReadThread read, CancellationToken cancel) =>
        (await read.RunAsync(new(reference), caller, cancel)).Succeeded(out var view, out var refusal) ? TypedResults.Ok(view) : refusal.ToProblem();

    /// <summary>Take a thread in hand, or give it back to all.</summary>
    /// <response code="204">Done.</response>
    internal static async Task<Results<NoContent, ProblemHttpResult>> Assign(string reference, AssignBody body, Caller caller, AssignThread assign, CancellationToken cancel) =>
        await assign.RunAsync(new(reference, body.Take), caller, cancel) is { } refusal ? refusal.ToProblem() : TypedResults.NoContent();

    /// <summary>Close a thread with a word of what came of it.</summary>
    /// <response code="204">Done.</response>
    internal static async Task<Results<NoContent, ProblemHttpResult>> Close(string reference, CloseBody body, Caller caller, CloseThread close, CancellationToken cancel) =>
        await close.RunAsync(new(reference, body.Outcome, body.Text, body.Tell), caller, cancel) is { } refusal ? refusal.ToProblem() : TypedResults.NoContent();

    /// <summary>Take an own message back here and at its recipients.</summary>
    /// <response code="204">It has left here; the recipients are asked by a signed letter.</response>
    internal static async Task<Results<NoContent, ProblemHttpResult>> Recall(string reference, Guid letter, Caller caller, RecallMessage recall, CancellationToken cancel) =>
        await recall.RunAsync(new(reference, letter), caller, cancel) is { } refusal ? refusal.ToProblem() : TypedResults.NoContent();

    /// <summary>Ask the originators of a message to allow one act with it.</summary>
    /// <response code="202">They are asked.</response>
    internal static async Task<Results<Accepted, ProblemHttpResult>> Ask(string reference, Guid letter, AskReleaseBody body, Caller caller, AskRelease ask, CancellationToken cancel) =>
        (await ask.RunAsync(new(reference, letter, body.Act, body.Recipients, body.ForCourt, body.Until, body.Why), caller, cancel)).Succeeded(out _, out var refusal) ? TypedResults.Accepted((string?)null) : refusal.ToProblem();

    /// <summary>Say yes or no to a bureau that wants to use something of ours further.</summary>
    /// <response code="204">Answered, by a signed letter.</response>
    internal static async Task<Results<NoContent, ProblemHttpResult>> Answer(string reference, Guid letter, AnswerReleaseBody body, Caller caller, AnswerRelease answer, CancellationToken cancel) =>
        await answer.RunAsync(new(reference, letter, body.Granted, body.Text, body.Recipients, body.Until), caller, cancel) is { } refusal ? refusal.ToProblem() : TypedResults.NoContent();

    /// <summary>A thread as a file. What its originators do not let out stays out, and its place says so.</summary>
    /// <param name="form">json or text.</param>
    /// <param name="court">For judicial proceedings.</param>
    /// <param name="confirmed">A condition that you have read and that is met; once for each.</param>
    /// <response code="200">The file.</response>
    internal static async Task<Results<FileContentHttpResult, ProblemHttpResult>> Export(string reference, string? form, bool? court, string[]? confirmed, string? purpose, Caller caller, ExportThread export, HttpContext http, CancellationToken cancel)
    {
        http.Response.Headers.CacheControl = "no-store";
        bool text = form == "text";
        var request = new ExportThread.Request(reference, text ? ThreadForm.Text : ThreadForm.Json, court ?? false, confirmed, purpose);
        if (!(await export.RunAsync(request, caller, cancel)).Succeeded(out var sheet, out var refusal)) return refusal.ToProblem();
        return TypedResults.File(text ? ExportThread.AsText(sheet) : ExportThread.AsJson(sheet), text ? "text/plain; charset=utf-8" : "application/json", $"{sheet.Reference}.{(text ? "txt" : "json")}");
    }

    /// <summary>Begin a file that goes with a message; it comes in parts.</summary>
    /// <response code="200">Its id, and how much one part has at most.</response>
    internal static async Task<Results<Ok<BeginFile.Begun>, ProblemHttpResult>> BeginUpload(BeginFile.Request body, Caller caller, BeginFile begin, CancellationToken cancel) =>
        (await begin.RunAsync(body, caller, cancel)).Succeeded(out var begun, out var refusal) ? TypedResults.Ok(begun) : refusal.ToProblem();

    /// <summary>Send the next part of a file: whole MiB, 8 at most, unless it is the last.</summary>
    /// <param name="offset">Where it begins.</param>
    /// <response code="200">Where the next part begins, and whether the file is whole.</response>
    /// <response code="409">It does not go on where the file ends; ask where that is.</response>
    internal static async Task<Results<Ok<AppendFile.Standing>, ProblemHttpResult>> AppendUpload(Guid file, long offset, HttpRequest request, Caller caller, AppendFile append, CancellationToken cancel)
    {
        if (request.ContentLength > AppendFile.PartBytesMost) return ThreadRefusals.FilePart.ToProblem();
        using var part = new MemoryStream((int)(request.ContentLength ?? 0));
        byte[] buffer = new byte[64 * 1024];
        for (int read; (read = await request.Body.ReadAsync(buffer, cancel)) > 0 && part.Length <= AppendFile.PartBytesMost;) part.Write(buffer, 0, read);
        return (await append.RunAsync(new(file, offset, part.ToArray()), caller, cancel)).Succeeded(out var standing, out var refusal) ? TypedResults.Ok(standing) : refusal.ToProblem();
    }

    /// <summary>Where an upload that was cut off goes on.</summary>
    /// <response code="200">The next offset.</response>
    internal static async Task<Results<Ok<AppendFile.Standing>, ProblemHttpResult>> UploadStanding(Guid file, Caller caller, AppendFile append, CancellationToken cancel) =>
        (await append.StandingAsync(file, caller, cancel)).Succeeded(out var standing, out var refusal) ? TypedResults.Ok(standing) : refusal.ToProblem();

    /// <summary>A file of a thread. Its handling is that of its message, as for an export.</summary>
    /// <param name="confirmed">A condition that you have read and that is met; once for each.</param>
    /// <response code="200">The file.</response>
    internal static async Task<Results<FileStreamHttpResult, ProblemHttpResult>> Download(string reference, Guid file, string[]? confirmed, string? purpose, Caller caller, ReadFile read, HttpContext http, CancellationToken cancel)
    {
        http.Response.Headers.CacheControl = "no-store";
        return (await read.RunAsync(new(reference, file, confirmed, purpose), caller, cancel)).Succeeded(out var opened, out var refusal) ? TypedResults.Stream(opened.Content, opened.MediaType, opened.Name) : refusal.ToProblem();
    }

    /// <summary>For the servers of the bureaus to which a letter went that names the file: its sealed bytes, from a place on (<c>Range: bytes=N-</c>).</summary>
    /// <response code="206">A part; its length is said.</response>
    internal static async Task<IResult> GiveToBureau(Guid file, HttpContext http, GiveFile give, CancellationToken cancel)
    {
        if (!(await give.GiveAsync(file, http.Request, cancel)).Succeeded(out var part, out var refusal)) return refusal.ToProblem();
        await using (part.From)
        {
            http.Response.StatusCode = StatusCodes.Status206PartialContent;
            http.Response.ContentType = "application/octet-stream";
            http.Response.ContentLength = part.Count;
            http.Response.Headers.ContentRange = $"bytes {part.Offset}-{part.Offset + part.Count - 1}/{part.Length}";
            byte[] buffer = new byte[64 * 1024];
            for (long left = part.Count; left > 0;)
            {
                int read = await part.From.ReadAsync(buffer.AsMemory(0, (int)Math.Min(buffer.Length, left)), cancel);
                if (read == 0) break;
                await http.Response.Body.WriteAsync(buffer.AsMemory(0, read), cancel);
                left -= read;
            }
        }

        return Results.Empty;
    }

    internal sealed record MessageBody(
        IReadOnlyList<string>? To, string? Subject, string? Text, HandlingForm? Handling, string? Urgency, DateTimeOffset? Due, IReadOnlyList<string>? About,
        IReadOnlyList<SendMessage.Ask>? Asks, IReadOnlyList<ThreadLetter.AnswerWords>? Answers, IReadOnlyList<Guid>? Quotes, IReadOnlyList<string>? Confirmed, IReadOnlyList<Guid>? Files, string? Purpose)
    {
        public SendMessage.Request Of(string? thread) => new(thread, To ?? [], Subject, Text, Handling ?? new(), Urgency, Due, About, Asks, Answers, Quotes, Confirmed, Files, Purpose);
    }

    internal sealed record AssignBody(bool Take);

    internal sealed record CloseBody(string? Outcome, string? Text, bool Tell);

    internal sealed record AskReleaseBody(string? Act, IReadOnlyList<string>? Recipients, bool ForCourt, DateTimeOffset? Until, string? Why);

    internal sealed record AnswerReleaseBody(bool Granted, string? Text, IReadOnlyList<string>? Recipients, DateTimeOffset? Until);
}
