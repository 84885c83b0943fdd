using System.Globalization;
using Amana.Server.Access;
using Microsoft.AspNetCore.Components;

namespace Amana.Server.Web;

/// <summary>What every component may ask for: the texts of the request's language.</summary>
public abstract class Piece : ComponentBase
{
    [CascadingParameter] public HttpContext Http { get; set; } = null!;

    /// <summary>Texts of the reader's language: <c>@T["hits.title"]</c>, <c>@T.Html("hits.open", ("count", 3))</c>.</summary>
    protected Texts T => WebRequest.TextsOf(Http);

    protected Formats F => T.Formats;

    protected static MarkupString Raw(string markup) => new(markup);
}

/// <summary>A page: it asks acts, as the caller of this request, and stops when the reader goes away.</summary>
public abstract class Page : Piece
{
    /// <summary>Who asks. Only on pages that need a signed-in person.</summary>
    protected Caller Caller => WebRequest.CallerOf(Http) ?? throw new InvalidOperationException("Nobody is signed in; the page lacks [Authorize].");

    protected CancellationToken Cancel => Http.RequestAborted;

    [Inject] protected NavigationManager Addresses { get; set; } = null!;

    /// <summary>A field of the posted form; null when there is none.</summary>
    protected string? Posted(string field) => Http.Request.HasFormContentType ? Http.Request.Form[field] : (string?)null;

    /// <summary>All values of a field, such as ticked boxes.</summary>
    protected IReadOnlyList<string> PostedAll(string field) =>
        Http.Request.HasFormContentType ? [.. Http.Request.Form[field].OfType<string>()] : [];

    /// <summary>The number of a page of a list, from 1 to <paramref name="last"/>, whatever stands in the address.</summary>
    protected static int NumberOf(string? asked, int last) =>
        long.TryParse(asked, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long number) ? (int)Math.Clamp(number, 1, last) : 1;

    /// <summary>Answers the post with a redirect, so that a reload does not repeat the act.</summary>
    /// <param name="toast">Text key of what happened, said once on the next page.</param>
    protected void Go(string address, string? toast = null)
    {
        if (toast is not null) WebRequest.Say(Http, toast);
        Addresses.NavigateTo(address);
    }

    /// <summary>The status of a page that shows a refusal. What is not found becomes the one page for all that is not
    /// there, whatever the page has drawn: a closed record and a missing one look the same.</summary>
    protected void AnswerWith(Foundation.Refusal refusal)
    {
        if (!Http.Response.HasStarted) Http.Response.StatusCode = Foundation.Problems.StatusOf(refusal.Kind);
    }
}
