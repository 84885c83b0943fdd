using System.Globalization;

namespace Amana.Server.Web.Components;

/// <summary>Names of languages in the language of the page, from their three-letter codes (ISO 639-2), from the Unicode CLDR data of the
/// system's ICU.</summary>
internal static class LanguageNames
{
    // The bibliographic codes that differ from those of terminology; the standard closed this list.
    private static readonly Dictionary<string, string> Bibliographic = new(StringComparer.OrdinalIgnoreCase)
    {
        ["ALB"] = "sq", ["ARM"] = "hy", ["BAQ"] = "eu", ["BUR"] = "my", ["CHI"] = "zh", ["CZE"] = "cs", ["DUT"] = "nl", ["FRE"] = "fr", ["GEO"] = "ka", ["GER"] = "de",
        ["GRE"] = "el", ["ICE"] = "is", ["MAC"] = "mk", ["MAO"] = "mi", ["MAY"] = "ms", ["PER"] = "fa", ["RUM"] = "ro", ["SLO"] = "sk", ["TIB"] = "bo", ["WEL"] = "cy",
    };

    /// <summary>The code itself when it names no language.</summary>
    public static string Of(string code, Language language)
    {
        if (code.Length is < 2 or > 3 || !code.All(char.IsAsciiLetter)) return code;
        var before = CultureInfo.CurrentUICulture;
        try
        {
            CultureInfo.CurrentUICulture = language.Culture;
            var culture = CultureInfo.GetCultureInfo(Bibliographic.GetValueOrDefault(code, code.ToLowerInvariant()), predefinedOnly: true);
            string name = culture.DisplayName;
            return name.Length > 0 && !name.Equals(culture.Name, StringComparison.OrdinalIgnoreCase) ? name : code;
        }
        catch (CultureNotFoundException) { return code; }
        finally { CultureInfo.CurrentUICulture = before; }
    }
}
