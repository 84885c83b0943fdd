using System.Text.Json;
using Amana.Server.Access;
using Amana.Server.Foundation;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Amana.Server.Notices;

/// <summary>Watches for programs.</summary>
internal static class WatchesApi
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        var api = routes.MapGroup("/api/v1/watches").WithTags("Notices").RequireAuthorization();
        api.MapGet("", List).ProducesProblem(403);
        api.MapPost("", Make).ProducesProblem(400).ProducesProblem(403).ProducesProblem(409).ProducesProblem(422);
        api.MapPost("/{id}/end", End).ProducesProblem(403).ProducesProblem(404);
    }

    /// <summary>Your own watches with what they told; for compliance all of the bureau.</summary>
    internal static async Task<Results<Ok<IReadOnlyList<ListWatches.Row>>, ProblemHttpResult>> List(Caller caller, ListWatches list, CancellationToken cancel) =>
        (await list.RunAsync(new(), caller, cancel)).Succeeded(out var rows, out var refused) ? TypedResults.Ok(rows) : refused.ToProblem();

    /// <summary>Be told when somebody asks about a person. Needs a purpose, a legal basis and an end.</summary>
    internal static async Task<Results<Ok<Id<PersonWatch>>, ProblemHttpResult>> Make(WatchBody body, Caller caller, MakeWatch make, CancellationToken cancel) =>
        (await make.RunAsync(new(FieldsJson.Read(body.Fields), body.LegalBasis, body.Until, body.Purpose), caller, cancel)).Succeeded(out var id, out var refused) ? TypedResults.Ok(id) : refused.ToProblem();

    /// <summary>End a watch; whom it was about is forgotten.</summary>
    internal static async Task<Results<NoContent, ProblemHttpResult>> End(Id<PersonWatch> id, Caller caller, EndWatch end, CancellationToken cancel) =>
        await end.RunAsync(new(id), caller, cancel) is { } refused ? refused.ToProblem() : TypedResults.NoContent();

    /// <param name="Fields">Names, birth and documents, as in a notice.</param>
    /// <param name="Until">The last day, such as `2027-05-31`; at most a year ahead.</param>
    internal sealed record WatchBody(JsonElement? Fields, string? LegalBasis, string? Until, string? Purpose);
}
