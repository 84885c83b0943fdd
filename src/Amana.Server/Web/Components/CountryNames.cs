using System.Collections.Concurrent;
using System.Globalization;

namespace Amana.Server.Web.Components;

/// <summary>Country names in the language of the page, from the Unicode CLDR data of the system's ICU.</summary>
internal static class CountryNames
{
    private static readonly ConcurrentDictionary<(string Code, string Language), string?> Known = new();

    /// <summary>Null for codes that name no country.</summary>
    public static string? Of(string code, Language language) => Known.GetOrAdd((code.ToUpperInvariant(), language.Code), key =>
    {
        if (key.Code is "UT" or "UTO" or "XXA" or "XXB" or "XXX") return null;
        var before = CultureInfo.CurrentUICulture;
        try
        {
            CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo(key.Language);
            return new RegionInfo(key.Code).DisplayName;
        }
        catch (ArgumentException) { return null; }
        finally { CultureInfo.CurrentUICulture = before; }
    });
}
