using System.IO.Compression;
using Amana.Server.Foundation;
using Amana.Server.Web.Shell;
using Microsoft.AspNetCore.Hosting.StaticWebAssets;
using Microsoft.AspNetCore.ResponseCompression;

namespace Amana.Server.Web;

/// <summary>Where the pages hook into the server.</summary>
internal static class WebPages
{
    public static void Add(WebApplicationBuilder builder)
    {
        StaticWebAssetsLoader.UseStaticWebAssets(builder.Environment, builder.Configuration);
        builder.Services.AddSingleton(PageEncoder.Html).AddRazorComponents();
        builder.Services.Configure<BrotliCompressionProviderOptions>(brotli => brotli.Level = CompressionLevel.Optimal);
        builder.Services.Configure<GzipCompressionProviderOptions>(gzip => gzip.Level = CompressionLevel.Optimal);
        builder.Services.Configure<ResponseCompressionOptions>(packing => packing.MimeTypes = [.. ResponseCompressionDefaults.MimeTypes, "image/svg+xml"]);
        builder.Services.AddScoped<IPaletteSource, PagesPalette>().AddScoped<MenuCounts>().AddScoped<PageTurn>().AddExceptionHandler<FailurePage>();
    }

    private static readonly string[] Packed = ["/css", "/js", "/_framework"];

    private static bool IsIcon(PathString path) => path.Value is ['/', 'i', 'c', 'o', 'n', 's', '.', ..];

    /// <summary>First in the pipeline, around everything: pages for errors.</summary>
    public static void UseErrors(WebApplication app) => app.UseMiddleware<ErrorPages>();

    /// <summary>Before an address is matched: the language that the address asks for is kept.</summary>
    public static void UseBeforeRouting(WebApplication app)
    {
        // Style sheets, scripts and icons hold no secret and pack well; pages are small and stay as they are.
        app.UseWhen(http => Packed.Any(p => http.Request.Path.StartsWithSegments(p, StringComparison.Ordinal)) || IsIcon(http.Request.Path), assets => assets.UseResponseCompression());
        app.Use((http, next) =>
        {
            if (Languages.Find(http.Request.Query["lang"]) is { } language && !PublicAddress.Is(http)) WebRequest.Keep(http, WebRequest.LanguageCookie, language.Code);
            return next(http);
        });
    }

    public static void Map(WebApplication app)
    {
        app.MapStaticAssets().AllowAnonymous();
        app.MapRazorComponents<App>();
        app.MapUi();
    }
}
