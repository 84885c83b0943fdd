using Amana.Server.Access;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Options;

namespace Amana.Server.Watchlists;

/// <summary>Where the page's file form sends its files: streamed as they come, also without script, and answered with the page of
/// the run. Forms from other sites are refused at the door, by where they say they come from.</summary>
internal static class UploadFormApi
{
    public static void MapUploadForm(this IEndpointRouteBuilder routes) => routes.MapPost("/admin/sources/{name}/files", Send)
        .RequireAuthorization(nameof(Right.Import)).DisableAntiforgery().ExcludeFromDescription();

    internal static async Task<RedirectHttpResult> Send(
        string name, HttpContext http, ReceiveFiles receiveFiles, IOptions<WatchlistsOptions> options, Caller caller, CancellationToken cancel)
    {
        if (http.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit) limit.MaxRequestBodySize = options.Value.RunBytesMax;
        var body = new UploadBody(http.Request);
        var result = await receiveFiles.RunAsync(new(name, body.FilesAsync(cancel), () => new SourceSettings()), caller, cancel);
        return TypedResults.Redirect(result.Succeeded(out var reference, out var refusal)
            ? $"/admin/runs/{reference}"
            : $"/admin/sources/{Uri.EscapeDataString(name)}?refused={refusal.Code}");
    }
}
