using Amana.Server.Access;
using Amana.Server.Foundation;

namespace Amana.Server.Tips;

internal static class TipsApi
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/api/v1/tips/{reference}/picture", Picture).WithTags("Tips").RequireAuthorization(nameof(Right.ReadTips)).ProducesProblem(404);
        routes.MapGet("/leave", Leave).AllowAnonymous().ExcludeFromDescription();
    }

    /// <summary>The picture that came with a tip.</summary>
    /// <response code="404">There is no such tip, or it has no picture.</response>
    internal static async Task<IResult> Picture(string reference, Caller caller, ReadTip readTip, HttpContext http, CancellationToken cancel)
    {
        http.Response.Headers.CacheControl = "no-store";
        return (await readTip.PictureAsync(reference, caller, cancel)).Succeeded(out var picture, out var refusal) ? TypedResults.Bytes(picture.Bytes, picture.MediaType) : refusal.ToProblem();
    }

    // An empty page of no name; what the browser has kept of this site is cleared. The way back shows nothing that was typed.
    internal static IResult Leave(HttpContext http)
    {
        http.Response.Headers.CacheControl = "no-store";
        http.Response.Headers["Clear-Site-Data"] = "\"cache\", \"storage\"";
        return TypedResults.Content("<!DOCTYPE html><html lang=\"en\"><head><meta charset=\"utf-8\"><title>.</title></head><body></body></html>", "text/html");
    }
}
