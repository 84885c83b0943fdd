using Amana.Server.Access;
using Amana.Server.Foundation;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Amana.Server.Upkeep;

internal static class HealthApi
{
    public static void Map(IEndpointRouteBuilder routes) => routes.MapGet("/api/v1/health", Read).RequireAuthorization(nameof(Right.ReadHealth))
        .WithTags("Server").ProducesProblem(401).ProducesProblem(403);

    /// <summary>How the server is: what there is to do, database, journal, disk, backups, and how fast it answered in the last hour.</summary>
    internal static async Task<Results<Ok<HealthView>, ProblemHttpResult>> Read(Caller caller, ReadHealth readHealth, CancellationToken cancel) =>
        (await readHealth.RunAsync(caller, cancel)).Succeeded(out var view, out var refusal) ? TypedResults.Ok(view) : refusal.ToProblem();
}
