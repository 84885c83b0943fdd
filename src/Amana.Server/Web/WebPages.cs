using Amana.Server.Foundation;
using Amana.Server.Web.Shell;
using Microsoft.AspNetCore.Hosting.StaticWebAssets;

namespace Amana.Server.Web;

/// <summary>Where the pages hook into the server.</summary>
internal static class WebPages
{
    public static void Add(WebApplicationBuilder builder)
    {
        StaticWebAssetsLoader.UseStaticWebAssets(builder.Environment, builder.Configuration);
        builder.Services.AddRazorComponents();
        builder.Services.AddScoped<IPaletteSource, PagesPalette>().AddScoped<MenuCounts>().AddExceptionHandler<FailurePage>();
    }

    /// <summary>First in the pipeline, around everything: pages for errors.</summary>
    public static void UseErrors(WebApplication app) => app.UseMiddleware<ErrorPages>();

    /// <summary>Before an address is matched: the language that the address asks for is kept.</summary>
    public static void UseBeforeRouting(WebApplication app) => app.Use((http, next) =>
    {
        if (Languages.Find(http.Request.Query["lang"]) is { } language) WebRequest.Keep(http, WebRequest.LanguageCookie, language.Code);
        return next(http);
    });

    public static void Map(WebApplication app)
    {
        app.MapStaticAssets().AllowAnonymous();
        app.MapRazorComponents<App>();
        app.MapUi();
    }
}
