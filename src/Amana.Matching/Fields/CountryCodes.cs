using System.Collections.Frozen;
using System.Globalization;
using System.Text;
using Amana.Matching.Scripts;

namespace Amana.Matching.Fields;

/// <summary>Reads a country as documents, lists and people write it, and gives its code: ISO 3166-1 alpha-2 in lower case.</summary>
/// <remarks>Beside the assigned codes: countries that are no more (<c>su</c>, <c>yu</c>, <c>dd</c>, <c>cs</c>, <c>an</c>), <c>xk</c>,
/// <c>un</c>, <c>eu</c>, and the specimen codes of training: <c>uto</c> and the user-assigned alpha-3 codes QMA to QZZ.
/// Tables: data/countries.</remarks>
public static class CountryCodes
{
    /// <summary>A longer text is no country. Chars.</summary>
    public const int TextCharsMax = 80;

    private static readonly FrozenDictionary<string, string> Known = Read();

    /// <returns>False for a text that names no country.</returns>
    public static bool TryParse(string? text, out string code)
    {
        code = "";
        string word = Fold(text);
        if (word.Length is 0 or > TextCharsMax) return false;
        if (Known.TryGetValue(word, out string? known))
        {
            code = known;
            return true;
        }
        if (!IsSpecimen(word)) return false;
        code = word;
        return true;
    }

    /// <summary>UTO stands on the specimens of ICAO Doc 9303; QMA to QZZ are left to users by ISO 3166-1, so no country has them.</summary>
    private static bool IsSpecimen(string word) =>
        word == "uto" || (word.Length == 3 && word[0] == 'q' && char.IsAsciiLetterLower(word[1]) && char.IsAsciiLetterLower(word[2]));

    private static FrozenDictionary<string, string> Read()
    {
        var known = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (string[] row in Tables.Rows("countries/countries.tsv"))
        {
            string code = row[0].ToLowerInvariant();
            foreach (string text in row)
            {
                if (text != "000") known.TryAdd(Fold(text), code);
            }
        }
        foreach (string[] row in Tables.Rows("countries/other-names.tsv"))
        {
            known[Fold(row[0])] = row[1];
            known.TryAdd(row[1], row[1]); // un, eu, su and others are codes that the first table does not have
        }
        return known.ToFrozenDictionary(StringComparer.Ordinal);
    }

    // Case, marks above letters, full stops, doubled spaces and & for and do not tell countries apart.
    private static string Fold(string? text)
    {
        if (string.IsNullOrWhiteSpace(text) || text.Length > TextCharsMax) return "";
        var folded = new StringBuilder(text.Length);
        foreach (var rune in text.Trim().EnumerateRunes())
        {
            if (rune == Rune.ReplacementChar) return "";
            folded.Append(Rune.ToLowerInvariant(rune).ToString());
        }
        string decomposed = folded.ToString().Normalize(NormalizationForm.FormD);
        folded.Clear();
        foreach (char c in decomposed)
        {
            if (CharUnicodeInfo.GetUnicodeCategory(c) is UnicodeCategory.NonSpacingMark || c == '.') continue;
            if (c == '&') { folded.Append("and"); continue; }
            char plain = c switch { '’' or 'ʼ' or '`' => '\'', '\u00a0' or '\t' => ' ', _ => c };
            if (plain == ' ' && (folded.Length == 0 || folded[^1] == ' ')) continue;
            folded.Append(plain);
        }
        return folded.ToString().Trim();
    }
}
