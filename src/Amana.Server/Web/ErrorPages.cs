using Amana.Server.Foundation;
using Amana.Server.Web.Shell;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Amana.Server.Web;

/// <summary>People get a page for every refusal and failure; programs get what the API says.</summary>
/// <remarks>What a bureau may not see and what does not exist are the same page, word for word.</remarks>
internal sealed class ErrorPages(RequestDelegate next)
{
    public async Task InvokeAsync(HttpContext http)
    {
        try
        {
            await next(http);
        }
        catch (NothingHereException) when (!http.Response.HasStarted)
        {
            await ShowAsync(http, StatusCodes.Status404NotFound, formIsGone: false, http.RequestAborted);
            return;
        }

        if (http.Response.HasStarted || http.Response.StatusCode < 400 || !ErrorAnswers.WantsPage(http)) return;
        bool formIsGone = FormIsGone(http);
        if (http.Response.ContentType is not null && !formIsGone) return;
        await ShowAsync(http, http.Response.StatusCode, formIsGone, http.RequestAborted);
    }

    // A form was posted to a page that does not draw it now, because somebody else acted meanwhile: the renderer of pages then answers with
    // a status and the kind of an empty page.
    private static bool FormIsGone(HttpContext http) => http.Response.StatusCode == StatusCodes.Status400BadRequest && HttpMethods.IsPost(http.Request.Method)
        && ErrorAnswers.IsPage(http) && http.Response is { ContentType: not null, ContentLength: null or 0 };

    /// <remarks>The page that was begun has used up the renderer of its scope and left a header; this one starts afresh.</remarks>
    internal static async Task ShowAsync(HttpContext http, int status, bool formIsGone, CancellationToken cancel)
    {
        cancel.ThrowIfCancellationRequested();
        http.Response.Headers.Remove("blazor-enhanced-nav");
        http.SetEndpoint(null); // the same bytes, whether a page was there to refuse or no page at all
        var before = http.RequestServices;
        await using var scope = before.CreateAsyncScope();
        http.RequestServices = scope.ServiceProvider;
        try
        {
            await new RazorComponentResult<ErrorDocument>(new { Status = status, FormIsGone = formIsGone }) { StatusCode = status }.ExecuteAsync(http);
        }
        finally
        {
            http.RequestServices = before;
        }
    }
}

/// <summary>Our own failure, as a page: what is safe, and the number for the operator. The log was written before.</summary>
internal sealed class FailurePage : IExceptionHandler
{
    public async ValueTask<bool> TryHandleAsync(HttpContext httpContext, Exception exception, CancellationToken cancellationToken)
    {
        if (!ErrorAnswers.WantsPage(httpContext)) return false;
        await ErrorPages.ShowAsync(httpContext, httpContext.Response.StatusCode, formIsGone: false, cancellationToken);
        return true;
    }
}
