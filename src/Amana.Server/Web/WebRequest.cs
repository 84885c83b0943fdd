using Amana.Server.Access;

namespace Amana.Server.Web;

/// <summary>What a page knows of its request: language, theme, caller, the sentence left by the page before.</summary>
internal static class WebRequest
{
    public const string LanguageCookie = "amana-lang";
    public const string ThemeCookie = "amana-theme";
    private const string ToastCookie = "amana-toast";

    public static Texts TextsOf(HttpContext context)
    {
        if (context.Features.Get<Texts>() is { } texts) return texts;
        texts = Texts.In(LanguageOf(context));
        context.Features.Set(texts);
        return texts;
    }

    /// <summary>The address first, then the cookie, then what the browser prefers, then English.</summary>
    private static Language LanguageOf(HttpContext context) =>
        PublicAddress.LanguageOf(context.Request.Path)
        ?? Languages.Find(context.Request.Query["lang"])
        ?? Languages.Find(context.Request.Cookies[LanguageCookie])
        ?? context.Request.GetTypedHeaders().AcceptLanguage
            .OrderByDescending(l => l.Quality ?? 1)
            .Select(l => Languages.Find(l.Value.ToString().Split('-')[0].ToLowerInvariant()))
            .FirstOrDefault(l => l is not null)
        ?? Languages.English;

    /// <summary><c>light</c>, <c>dark</c>, or null for what the system says.</summary>
    public static string? ThemeOf(HttpContext context) => context.Request.Cookies[ThemeCookie] is "light" or "dark" ? context.Request.Cookies[ThemeCookie] : null;

    /// <summary>Keeps a choice of the reader for a year, in the browser.</summary>
    public static void Keep(HttpContext context, string cookie, string value) => context.Response.Cookies.Append(cookie, value, new CookieOptions
    {
        Path = "/", MaxAge = TimeSpan.FromDays(365), SameSite = SameSiteMode.Lax, IsEssential = true, Secure = context.Request.IsHttps,
    });

    public static Caller? CallerOf(HttpContext context) => context.Features.Get<Caller>();

    /// <summary>Leaves a text key for the next page.</summary>
    public static void Say(HttpContext context, string key) => context.Response.Cookies.Append(ToastCookie, key, new CookieOptions
    {
        Path = "/", MaxAge = TimeSpan.FromMinutes(1), SameSite = SameSiteMode.Strict, HttpOnly = true, IsEssential = true, Secure = context.Request.IsHttps,
    });

    /// <summary>The text key that the page before left, once.</summary>
    public static string? Said(HttpContext context)
    {
        if (context.Request.Cookies[ToastCookie] is not { Length: > 0 } key) return null;
        if (!context.Response.HasStarted) context.Response.Cookies.Delete(ToastCookie);
        return key;
    }
}
