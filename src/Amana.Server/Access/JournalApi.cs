using Amana.Server.Foundation;
using Amana.Server.Journal;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace Amana.Server.Access;

internal static class JournalApi
{
    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapGet("/api/v1/journal", ReadPage).RequireAuthorization(nameof(Right.ReadJournal)).WithTags("Journal")
            .ProducesProblem(400).ProducesProblem(401).ProducesProblem(403);

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
