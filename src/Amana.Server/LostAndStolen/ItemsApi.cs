using System.Text.Json;
using System.Text.Json.Serialization;
using Amana.Server.Access;
using Amana.Server.Foundation;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Amana.Server.LostAndStolen;

/// <summary>Lost and stolen things for programs: check a number, enter and withdraw records, ask the owner.</summary>
internal static class ItemsApi
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        var numbers = routes.MapGroup("/api/v1/numbers").WithTags("Lost and stolen").RequireAuthorization(nameof(Right.Screen));
        numbers.MapPost("/check", Check).ProducesProblem(400).ProducesProblem(403).ProducesProblem(422).ProducesProblem(503);
        numbers.MapPost("/check/bulk", CheckMany).ProducesProblem(403).ProducesProblem(503).WithMetadata(new Microsoft.AspNetCore.Mvc.DisableRequestSizeLimitAttribute());
        var items = routes.MapGroup("/api/v1/items").WithTags("Lost and stolen").RequireAuthorization();
        items.MapGet("", List).ProducesProblem(400).ProducesProblem(403);
        items.MapPost("", Enter).ProducesProblem(400).ProducesProblem(403).ProducesProblem(409).ProducesProblem(422);
        items.MapPost("/batch", EnterMany).ProducesProblem(400).ProducesProblem(403).ProducesProblem(413);
        items.MapGet("/questions", Questions).ProducesProblem(403);
        items.MapPost("/questions/{id}/answer", Answer).ProducesProblem(404).ProducesProblem(409);
        items.MapGet("/{reference}", Read).ProducesProblem(403).ProducesProblem(404);
        items.MapPost("/{reference}/withdraw", Withdraw).ProducesProblem(400).ProducesProblem(403).ProducesProblem(404).ProducesProblem(409);
        items.MapPost("/{reference}/questions", Ask).ProducesProblem(403).ProducesProblem(404).ProducesProblem(409);
    }

    /// <summary>Is a thing with this number, or one like it, reported lost or stolen? Header `Amana-Purpose`, or the token's own purpose.</summary>
    /// <response code="200">`outcome` is hit, near or none. A hit alone is no proof: ask the owner before any measure.</response>
    internal static async Task<Results<Ok<NumberAnswer>, ProblemHttpResult>> Check(CheckBody body, Caller caller, CheckNumber check, CancellationToken cancel)
    {
        var request = new CheckNumber.Request { Kind = body.Kind, Number = body.Number, Issuer = body.Issuer, Zone = body.Zone, OneOff = body.OneOff, Purpose = body.Purpose };
        return (await check.RunAsync(request, caller, cancel)).Succeeded(out var answer, out var refused) ? TypedResults.Ok(answer) : refused.ToProblem();
    }

    /// <summary>The same as a stream: JSON lines with `number`, and optional `id`, `kind`, `issuer`, `oneOff`; an answer a line, in the same order.</summary>
    internal static async Task<IResult> CheckMany(HttpContext http, Caller caller, CheckNumbers check, CancellationToken cancel)
    {
        if (!(await check.OpenAsync(null, caller, cancel)).Succeeded(out var opened, out var refused)) return refused.ToProblem();
        http.Response.ContentType = "application/x-ndjson";
        await check.RunAsync(opened, http.Request.Body, http.Response.Body, cancel);
        return Results.Empty;
    }

    /// <summary>The records of your bureau, the newest first.</summary>
    internal static async Task<Results<Ok<ReadItems.Listed>, ProblemHttpResult>> List(Caller caller, ReadItems read, CancellationToken cancel, string? kind = null, int limit = 50, int offset = 0)
    {
        var known = ItemRules.KindOf(kind);
        if (known is null && !string.IsNullOrEmpty(kind)) return ItemRefusals.KindUnknown.ToProblem();
        return (await read.RunAsync(new(known, limit, offset), caller, cancel)).Succeeded(out var listed, out var refused) ? TypedResults.Ok(listed) : refused.ToProblem();
    }

    /// <summary>Enter one record. Documents are entered by the country that issued them.</summary>
    internal static async Task<Results<Created<EnteredView>, ProblemHttpResult>> Enter(EnterBody body, Caller caller, EnterItems enter, CancellationToken cancel)
    {
        if (ItemRules.KindOf(body.Kind) is not { } kind) return ItemRefusals.KindUnknown.ToProblem();
        if (!(await enter.RunAsync(new(kind, [BatchFile.TextsOf(body.Fields)], body.Purpose), caller, cancel)).Succeeded(out var entered, out var refused)) return refused.ToProblem();
        return entered.Rejected is [var rejected, ..] ? rejected.Refusal.ToProblem() : TypedResults.Created($"/api/v1/items/{entered.References[0]}", new EnteredView(entered.References[0]));
    }

    /// <summary>Enter many of one kind: CSV with a head of field names, or a JSON array. Rows that cannot be taken are named; the rest is in force.</summary>
    internal static async Task<Results<Ok<BatchView>, ProblemHttpResult>> EnterMany(HttpRequest request, Caller caller, EnterItems enter, CancellationToken cancel, string? kind = null)
    {
        if (ItemRules.KindOf(kind) is not { } known) return ItemRefusals.KindUnknown.ToProblem();
        if (!(await BatchFile.TakeAsync(request.Body, cancel)).Succeeded(out byte[]? bytes, out var refused)) return refused.ToProblem();
        if (!BatchFile.Read(bytes).Succeeded(out var rows, out refused)) return refused.ToProblem();
        return (await enter.RunAsync(new(known, rows, null), caller, cancel)).Succeeded(out var entered, out refused) ? TypedResults.Ok(BatchView.Of(entered)) : refused.ToProblem();
    }

    /// <summary>One record, whole.</summary>
    internal static async Task<Results<Ok<ItemView>, ProblemHttpResult>> Read(string reference, Caller caller, ReadItems read, CancellationToken cancel) =>
        (await read.OneAsync(reference, null, caller, cancel)).Succeeded(out var item, out var refused) ? TypedResults.Ok(item) : refused.ToProblem();

    /// <summary>The owner takes a record back; it answers nobody from then on.</summary>
    internal static async Task<Results<NoContent, ProblemHttpResult>> Withdraw(string reference, WithdrawBody body, Caller caller, WithdrawItem withdraw, CancellationToken cancel) =>
        await withdraw.RunAsync(new(reference, body.Reason, body.Purpose), caller, cancel) is { } refused ? refused.ToProblem() : TypedResults.NoContent();

    /// <summary>After a hit: ask the owner whether it still holds.</summary>
    internal static async Task<Results<Created<OwnerQuestionView>, ProblemHttpResult>> Ask(string reference, AskBody body, Caller caller, AskOwner ask, CancellationToken cancel) =>
        (await ask.RunAsync(new(reference, body.Number, body.Text, body.Purpose), caller, cancel)).Succeeded(out var asked, out var refused)
            ? TypedResults.Created("/api/v1/items/questions", asked) : refused.ToProblem();

    /// <summary>What your bureau asked of owners, and what it was asked as one.</summary>
    internal static async Task<Results<Ok<IReadOnlyList<OwnerQuestionView>>, ProblemHttpResult>> Questions(Caller caller, ReadOwnerQuestions read, CancellationToken cancel) =>
        (await read.RunAsync(caller, cancel)).Succeeded(out var questions, out var refused) ? TypedResults.Ok(questions) : refused.ToProblem();

    /// <summary>The owner confirms the hit, or does not.</summary>
    internal static async Task<Results<Ok<OwnerQuestionView>, ProblemHttpResult>> Answer(Id<OwnerQuestion> id, AnswerBody body, Caller caller, AnswerAsOwner answer, CancellationToken cancel) =>
        (await answer.RunAsync(new(id, body.Confirmed, body.Text, body.Purpose), caller, cancel)).Succeeded(out var answered, out var refused) ? TypedResults.Ok(answered) : refused.ToProblem();

    /// <param name="Kind">document (unless said), vehicle, firearm, vessel or art.</param>
    /// <param name="Issuer">Three letters as in travel documents, such as UTO.</param>
    /// <param name="Zone">The machine-readable zone, instead of number and issuer; only these two are taken from it.</param>
    /// <param name="OneOff">Also what has one character wrong, missing, too many or swapped.</param>
    internal sealed record CheckBody(string? Kind, string? Number, string? Issuer, string? Zone, bool OneOff, string? Purpose);

    /// <param name="Fields">By name; see the README of the module.</param>
    internal sealed record EnterBody(string? Kind, JsonElement Fields, string? Purpose);

    internal sealed record WithdrawBody(string? Reason, string? Purpose);

    internal sealed record AskBody(string? Number, string? Text, string? Purpose);

    internal sealed record AnswerBody([property: JsonRequired] bool Confirmed, string? Text, string? Purpose);

    internal sealed record EnteredView(string Reference);

    /// <param name="Row">From 1, without the head.</param>
    internal sealed record RejectedView(int Row, string? Field, string Code, string Detail);

    internal sealed record BatchView(int Entered, IReadOnlyList<string> References, IReadOnlyList<RejectedView> Rejected)
    {
        public static BatchView Of(EnterItems.Entered entered) => new(entered.References.Count, entered.References,
            [.. entered.Rejected.Select(r => new RejectedView(r.Row, r.Refusal.Field, r.Refusal.Code, r.Refusal.Detail))]);
    }
}
