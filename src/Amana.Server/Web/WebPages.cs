namespace Amana.Server.Web;

/// <summary>Where the pages hook into the server.</summary>
internal static class WebPages
{
    public static void Add(WebApplicationBuilder builder) => ArgumentNullException.ThrowIfNull(builder);

    /// <summary>First in the pipeline, around everything: pages for errors.</summary>
    public static void UseErrors(WebApplication app) => ArgumentNullException.ThrowIfNull(app);

    /// <summary>Before an address is matched: language, static files.</summary>
    public static void UseBeforeRouting(WebApplication app) => ArgumentNullException.ThrowIfNull(app);

    public static void Map(WebApplication app) => ArgumentNullException.ThrowIfNull(app);
}
