using System.Globalization;

namespace Amana.Server.Web;

/// <summary>A language of the interface: one of the four official ones, all equal and all complete.</summary>
/// <param name="Code">ISO 639-1, lower case: what <c>lang</c>, the cookie and <c>?lang=</c> carry.</param>
/// <param name="Name">In itself.</param>
public sealed record Language(string Code, string Name, bool IsRightToLeft)
{
    public string Direction => IsRightToLeft ? "rtl" : "ltr";

    /// <summary>For collation and country names; numbers and dates are written by <see cref="Formats"/>.</summary>
    public CultureInfo Culture => CultureInfo.GetCultureInfo(Code);
}

public static class Languages
{
    public static readonly Language Arabic = new("ar", "العربية", IsRightToLeft: true);
    public static readonly Language English = new("en", "English", IsRightToLeft: false);
    public static readonly Language French = new("fr", "Français", IsRightToLeft: false);
    public static readonly Language Spanish = new("es", "Español", IsRightToLeft: false);

    public static IReadOnlyList<Language> All { get; } = [Arabic, English, French, Spanish];

    public static Language? Find(string? code) => All.FirstOrDefault(l => l.Code == code);
}
