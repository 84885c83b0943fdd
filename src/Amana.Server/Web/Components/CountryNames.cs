using System.Collections.Concurrent;
using System.Collections.Frozen;
using System.Globalization;
using System.Text;

namespace Amana.Server.Web.Components;

/// <summary>Country names in the language of the page, from the Unicode CLDR data of the system's ICU; codes that no country has, such as
/// Utopia's, from <c>data/countries/specimens.tsv</c>.</summary>
internal static class CountryNames
{
    private static readonly string[] Languages = ["en", "ar", "fr", "es"];
    private static readonly FrozenDictionary<(string Code, string Language), string> Specimens = ReadSpecimens();
    private static readonly ConcurrentDictionary<(string Code, string Language), string?> Known = new();

    /// <summary>Null for codes that name no country.</summary>
    public static string? Of(string code, Language language) => Known.GetOrAdd((code.ToUpperInvariant(), language.Code), key =>
    {
        if (Specimens.TryGetValue(key, out string? specimen)) return specimen;
        var before = CultureInfo.CurrentUICulture;
        try
        {
            CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo(key.Language);
            return new RegionInfo(key.Code).DisplayName;
        }
        catch (ArgumentException) { return null; }
        finally { CultureInfo.CurrentUICulture = before; }
    });

    /// <summary>The name with the code behind it; the code alone when it names nothing.</summary>
    public static string WithCode(string code, Language language) => Of(code, language) is { } name ? $"{name} ({code})" : code;

    private static FrozenDictionary<(string Code, string Language), string> ReadSpecimens()
    {
        using var reader = new StreamReader(typeof(CountryNames).Assembly.GetManifestResourceStream("specimen-countries.tsv")!, Encoding.UTF8);
        var names = new Dictionary<(string Code, string Language), string>();
        while (reader.ReadLine() is { } line)
        {
            if (line.Length == 0 || line[0] == '#') continue;
            string[] row = line.Split('\t');
            foreach (string code in row[0].Split(','))
            {
                foreach (var (index, language) in Languages.Index()) names[(code, language)] = row[index + 1];
            }
        }

        return names.ToFrozenDictionary();
    }
}
