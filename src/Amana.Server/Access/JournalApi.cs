using System.Globalization;
using Amana.Sealing.Logs;
using Amana.Server.Foundation;
using Amana.Server.Journal;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace Amana.Server.Access;

internal static class JournalApi
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        var journal = routes.MapGroup("/api/v1/journal").WithTags("Journal").ProducesProblem(401).ProducesProblem(403);
        journal.MapGet("", ReadPage).RequireAuthorization(nameof(Right.ReadJournal)).ProducesProblem(400);
        journal.MapGet("/standing", ReadStanding).RequireAuthorization(nameof(Right.ReadJournal));
        journal.MapPost("/check", PostCheck).RequireAuthorization(nameof(Right.ReadJournal));
        journal.MapGet("/{number:long}/proof", ReadProof).RequireAuthorization(nameof(Right.ReadJournal)).ProducesProblem(404).ProducesProblem(409);
        journal.MapPost("/{number:long}/erase-content", PostErase).RequireAuthorization(nameof(Right.EraseJournalContent)).ProducesProblem(400).ProducesProblem(404);
    }

    /// <summary>How far the signed journal is, and with which key others verify it.</summary>
    internal static async Task<Results<Ok<JournalProof.Standing>, ProblemHttpResult>> ReadStanding(Caller caller, CheckJournal check, CancellationToken cancel) =>
        (await check.StandingAsync(caller, cancel)).Succeeded(out var standing, out var refusal) ? TypedResults.Ok(standing) : refusal.ToProblem();

    /// <summary>Prove the whole journal: every entry, its place, and what its content was. Takes about a second for each 50,000 entries.</summary>
    /// <response code="200">What was found; <c>fault</c> is null when all is as it was signed.</response>
    internal static async Task<Results<Ok<JournalProof.Finding>, ProblemHttpResult>> PostCheck(Caller caller, CheckJournal check, CancellationToken cancel) =>
        (await check.RunAsync(caller, cancel)).Succeeded(out var found, out var refusal) ? TypedResults.Ok(found) : refusal.ToProblem();

    /// <summary>A file that proves one entry to anybody, with who, what, on what and why; never the content. C2SP tlog-proof.</summary>
    /// <response code="200">Check it with <c>amana journal verify FILE --key VKEY</c>.</response>
    internal static async Task<Results<FileContentHttpResult, ProblemHttpResult>> ReadProof(long number, Caller caller, SaveEntryProof save, CancellationToken cancel)
    {
        if (!(await save.RunAsync(new(number), caller, cancel)).Succeeded(out var proof, out var refusal)) return refusal.ToProblem();
        return TypedResults.File(proof.ToBytes(), "text/plain; charset=utf-8", string.Create(CultureInfo.InvariantCulture, $"entry-{number}{EntryProof.FileEnding}"));
    }

    /// <summary>Erase what is personal in one entry, for good. The entry itself stays.</summary>
    internal static async Task<Results<NoContent, ProblemHttpResult>> PostErase(
        long number, EraseBody body, Caller caller, EraseJournalContent erase, CancellationToken cancel) =>
        await erase.RunAsync(new(number, body.Reason), caller, cancel) is { } refusal ? refusal.ToProblem() : TypedResults.NoContent();

    /// <param name="Reason">Why, in 10 to 1,000 letters; stands in the journal as content.</param>
    internal sealed record EraseBody(string? Reason);

    /// <summary>What was done, newest first: who, what, on what, why, when.</summary>
    /// <param name="who">As an entry shows it, whole: <c>person:…</c>, <c>token:…</c>, <c>server:server</c>.</param>
    /// <param name="what">A fact such as <c>hit.decided</c>, or all facts of a thing: <c>hit.</c></param>
    /// <param name="onWhat">The reference of a thing.</param>
    /// <param name="purpose">The code of a purpose.</param>
    /// <param name="from">At or after this instant, ISO 8601.</param>
    /// <param name="to">Before this instant.</param>
    /// <param name="before">For the next page: the number that this page answered.</param>
    /// <param name="limit">Entries a page, 1 to 500; 100 when left out.</param>
    internal static async Task<Results<Ok<ReadJournal.PageView>, ProblemHttpResult>> ReadPage(
        [FromQuery] string? who, [FromQuery] string? what, [FromQuery] string? onWhat, [FromQuery] string? purpose,
        [FromQuery] DateTimeOffset? from, [FromQuery] DateTimeOffset? to, [FromQuery] long? before, [FromQuery] int? limit,
        Caller caller, ReviewJournal review, CancellationToken cancel)
    {
        var result = await review.RunAsync(new(who, what, onWhat, from, to, before, limit, purpose), caller, cancel);
        return result.Succeeded(out var page, out var refusal) ? TypedResults.Ok(page) : refusal.ToProblem();
    }
}
