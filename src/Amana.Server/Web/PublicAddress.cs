namespace Amana.Server.Web;

/// <summary>The public site: every address whose first part is a language, such as <c>/en/notices</c>. Its readers have no session, get no
/// cookie, and see no menu of the staff; the language stands in the address, so that pages can be kept and indexed.</summary>
internal static class PublicAddress
{
    public static Language? LanguageOf(PathString path)
    {
        string value = path.Value ?? "";
        return value.Length >= 3 && value[0] == '/' && (value.Length == 3 || value[3] == '/') ? Languages.Find(value[1..3]) : null;
    }

    public static bool Is(HttpContext context) => LanguageOf(context.Request.Path) is not null;

    /// <summary>The same page in another language.</summary>
    public static string In(HttpContext context, Language language) => $"/{language.Code}{context.Request.Path.Value![3..]}{context.Request.QueryString}";
}
