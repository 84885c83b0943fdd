using Amana.Server.Web;
using Microsoft.AspNetCore.Components;

namespace Amana.Server.PublicNotices.Pages;

/// <summary>A page of the public site: anybody reads it, it may be kept for a minute, and it knows only what was released.</summary>
public abstract class PublicPage : Piece
{
    [Inject] internal ShownNotices Shown { get; set; } = null!;
    [Inject] internal ShownNews News { get; set; } = null!;
    [Inject] internal TimeProvider Clock { get; set; } = null!;

    private protected DateOnly Today => DateOnly.FromDateTime(Clock.GetUtcNow().UtcDateTime);

    protected override void OnInitialized() => Http.Response.Headers.CacheControl = KeptPages.CacheControl;

    private protected string At(string path) => $"/{T.Language.Code}{path}";

    /// <summary>The page that every reader gets for what is not there, whether it never was or was withdrawn.</summary>
    private protected void NotHere()
    {
        Http.Response.Headers.CacheControl = "no-store";
        throw new NothingHereException();
    }
}
