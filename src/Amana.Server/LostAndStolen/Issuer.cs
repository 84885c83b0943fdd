using System.Collections.Frozen;
using System.Reflection;
using Amana.Matching.Fields;
using Amana.Vocabulary;

namespace Amana.Server.LostAndStolen;

/// <summary>Who issued a document, in the three letters of the travel document standard.</summary>
/// <remarks>Source of the codes that no country has: ICAO Doc 9303 part 3, section 5, parts B to D; <c>D</c> is how German documents write it.</remarks>
internal static class Issuer
{
    private static readonly FrozenSet<string> Others = new[]
    {
        "EUE", "GBD", "GBN", "GBO", "GBP", "GBS", "RKS", "UNA", "UNK", "UNO", "XBA", "XCC", "XCE", "XCO", "XDC", "XEC", "XES", "XIM", "XMP", "XOM", "XPO", "XXA", "XXB", "XXC", "XXX",
    }.ToFrozenSet(StringComparer.Ordinal);

    private static readonly FrozenDictionary<string, string> OfTwoLetters = Read();

    /// <param name="text">Three letters, two, or <c>D</c>.</param>
    public static bool TryRead(string? text, out string issuer)
    {
        string word = (text ?? "").Trim().TrimEnd('<').ToUpperInvariant();
        issuer = word switch { "D" => "DEU", { Length: 2 } => OfTwoLetters.GetValueOrDefault(word, ""), _ => word };
        return issuer.Length == 3 && issuer.All(char.IsAsciiLetterUpper) && (Others.Contains(issuer) || CountryCodes.TryParse(issuer, out _));
    }

    /// <summary>Whether the bureau is that of the issuing country: its code is the country's, in two letters or three.</summary>
    public static bool IsOf(string issuer, BureauCode bureau) => TryRead(bureau.Value, out string own) && own == issuer;

    private static FrozenDictionary<string, string> Read()
    {
        using var file = new StreamReader(Assembly.GetExecutingAssembly().GetManifestResourceStream("countries.tsv")!);
        return file.ReadToEnd().Split('\n').Where(l => l is not ['#', ..]).Select(l => l.Split('\t')).Where(r => r.Length > 1 && r[0].Length == 2 && r[1].Length == 3)
            .ToFrozenDictionary(r => r[0], r => r[1], StringComparer.Ordinal);
    }
}
