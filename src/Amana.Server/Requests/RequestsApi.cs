using Amana.Server.Access;
using Amana.Server.Foundation;

namespace Amana.Server.Requests;

internal static class RequestsApi
{
    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapGet("/api/v1/requests/{reference}/papers/{number:int}", Paper).WithTags("Data requests").RequireAuthorization(nameof(Right.HandleRequests)).ProducesProblem(404);

    /// <summary>A copy that the applicant sent.</summary>
    /// <response code="404">There is nothing here.</response>
    internal static async Task<IResult> Paper(string reference, int number, Caller caller, ReadRequest readRequest, HttpContext http, CancellationToken cancel)
    {
        http.Response.Headers.CacheControl = "no-store";
        return (await readRequest.PaperAsync(reference, number, caller, cancel)).Succeeded(out var paper, out var refusal) ? TypedResults.Bytes(paper.Bytes, paper.MediaType) : refusal.ToProblem();
    }
}
