using Amana.Server.Access;

namespace Amana.Server.Web;

/// <summary>The few addresses that pages use beside themselves.</summary>
internal static class UiRoutes
{
    public static void MapUi(this WebApplication app)
    {
        app.MapGet("/ui/palette", FindAsync).ExcludeFromDescription().RequireAuthorization();
        app.MapGet("/ui/theme", ChooseTheme).ExcludeFromDescription().AllowAnonymous();
        app.MapGet("/ui/stay", () => TypedResults.NoContent()).ExcludeFromDescription().RequireAuthorization();
    }

    /// <summary>Answers of the command box, from every module that has some.</summary>
    internal static async Task<IResult> FindAsync(string? q, HttpContext http, IEnumerable<IPaletteSource> sources, CancellationToken cancel)
    {
        if (WebRequest.CallerOf(http) is not { } caller) return TypedResults.Unauthorized();
        string query = (q ?? "").Trim();
        var texts = WebRequest.TextsOf(http);
        var items = new List<PaletteItem>();
        if (query.Length <= 1000)
            foreach (var source in sources) items.AddRange(await source.FindAsync(query, caller, texts, cancel));
        http.Response.Headers.CacheControl = "no-store";
        return TypedResults.Ok(items.GroupBy(i => i.Group).Select(g => new
        {
            title = texts[g.Key],
            items = g.Select(i => new { i.Icon, i.Title, i.Detail, i.Address }),
        }));
    }

    /// <summary>Keeps light, dark or the system's choice in a cookie; works without script.</summary>
    internal static IResult ChooseTheme(string? @is, string? back, HttpContext http)
    {
        if (@is is "light" or "dark") WebRequest.Keep(http, WebRequest.ThemeCookie, @is);
        else http.Response.Cookies.Delete(WebRequest.ThemeCookie, new CookieOptions { Path = "/" });
        return TypedResults.LocalRedirect(IsOwn(back) ? back! : "/");
    }

    private static bool IsOwn(string? address) =>
        address is ['/', ..] && !address.StartsWith("//", StringComparison.Ordinal) && !address.Contains('\\', StringComparison.Ordinal);
}
