using System.Globalization;
using Amana.Server.Access;
using Microsoft.AspNetCore.Components;

namespace Amana.Server.Web;

/// <summary>What every component may ask for: the texts of the request's language.</summary>
/// <remarks>A component is drawn once, when it has all that it asked for, and the components of a page ask one after the other:
/// they share the database context of the request, which answers one question at a time.</remarks>
public abstract class Piece : ComponentBase, IHandleEvent
{
    private bool _begun;

    [Inject] internal PageTurn Turn { get; set; } = null!;

    [CascadingParameter] public HttpContext Http { get; set; } = null!;

    /// <summary>Texts of the reader's language: <c>@T["hits.title"]</c>, <c>@T.Html("hits.open", ("count", 3))</c>.</summary>
    protected Texts T => WebRequest.TextsOf(Http);

    protected Formats F => T.Formats;

    protected static MarkupString Raw(string markup) => new(markup);

    public override async Task SetParametersAsync(ParameterView parameters)
    {
        parameters.SetParameterProperties(this);
        using (await Turn.TakeAsync(Http.RequestAborted))
        {
            if (!_begun)
            {
                _begun = true;
                OnInitialized();
                await OnInitializedAsync();
            }
            OnParametersSet();
            await OnParametersSetAsync();
        }
        StateHasChanged();
    }

    async Task IHandleEvent.HandleEventAsync(EventCallbackWorkItem item, object? arg)
    {
        using (await Turn.TakeAsync(Http.RequestAborted)) await item.InvokeAsync(arg);
        StateHasChanged();
    }
}

/// <summary>Whose turn it is among the components of one page.</summary>
internal sealed class PageTurn : IDisposable
{
    private readonly SemaphoreSlim _one = new(1, 1);

    public async Task<IDisposable> TakeAsync(CancellationToken cancel)
    {
        await _one.WaitAsync(cancel);
        return new Held(_one);
    }

    public void Dispose() => _one.Dispose();

    private sealed class Held(SemaphoreSlim one) : IDisposable
    {
        public void Dispose()
        {
            try
            {
                one.Release();
            }
            catch (ObjectDisposedException)
            {
                // The answer was over before this component was: another had failed.
            }
        }
    }
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
        ArgumentNullException.ThrowIfNull(refusal);
        if (refusal.Kind is Foundation.RefusalKind.NotFound) throw new NothingHereException();
        if (!Http.Response.HasStarted) Http.Response.StatusCode = Foundation.Problems.StatusOf(refusal.Kind);
    }
}
