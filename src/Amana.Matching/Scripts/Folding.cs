using System.Collections.Frozen;
using System.Globalization;
using System.Text;

namespace Amana.Matching.Scripts;

/// <summary>What one code unit of a raw name becomes: lower-case letters without marks, a digit, a break, or nothing.</summary>
/// <remarks>Worked out once per block of 256 units, on first use: NFKC, then case, then data/scripts/folding.tsv and
/// data/han/variants.tsv, then marks. Thread-safe: two threads may make the same page, with the same content.</remarks>
internal static class Folding
{
    /// <summary>Stands for a break between tokens.</summary>
    public const string Break = " ";

    private static readonly string?[]?[] Pages = new string?[256][];
    private static readonly FrozenDictionary<char, string> Replacements = ReadReplacements();

    /// <summary>The folded text of <paramref name="c"/>: empty when it is dropped, <see cref="Break"/> between tokens.</summary>
    public static string Of(char c)
    {
        var page = Pages[c >> 8] ?? MakePage(c >> 8);
        return page[c & 0xFF]!;
    }

    /// <summary>For a pair of surrogates.</summary>
    public static string Of(Rune rune) => Fold(rune.ToString());

    /// <summary>Marks that look like an apostrophe: dropped inside a word, and a geresh after a Hebrew letter.</summary>
    public static bool IsApostrophe(char c) => c is '\'' or '`' or '\u00B4' or '\u02B9' or '\u02BB' or '\u02BC' or '\u02BD' or '\u02BE'
        or '\u02BF' or '\u02C8' or '\u02EE' or '\u05F3' or '\u2018' or '\u2019' or '\u201A' or '\u201B' or '\u2032' or '\uA78C' or '\uFF07';

    /// <summary>Whether the unit can combine with its neighbour, so that the whole name must be composed first.</summary>
    public static bool NeedsComposing(char c) => c switch
    {
        < '\u0300' => false,
        <= '\u036F' => true,
        < '\u0610' => false,
        _ => c is (>= '\u064B' and <= '\u065F') or (>= '\u1100' and <= '\u11FF') or '\u3099' or '\u309A' or '\uFF9E' or '\uFF9F'
            or (>= '\uFFA0' and <= '\uFFDC') or (>= '\u3131' and <= '\u318E')
            or '\u093C' or '\u09BC' or '\u09BE' or '\u09D7' or '\u0B3E' or '\u0B56' or '\u0B57' or '\u0BBE' or '\u0BD7' or '\u0C56'
            or '\u0CC2' or '\u0CD5' or '\u0CD6' or '\u0D3E' or '\u0D57' or '\u0DCA' or '\u0DCF' or '\u0DDF' or '\u102E',
    };

    private static string?[] MakePage(int number)
    {
        var page = new string?[256];
        for (int i = 0; i < 256; i++) page[i] = Make((char)((number << 8) | i));
        return Pages[number] = page;
    }

    private static string Make(char c)
    {
        if (char.IsSurrogate(c) || IsApostrophe(c)) return "";
        if (Replacements.TryGetValue(c, out string? known)) return known;
        int digit = CharUnicodeInfo.GetDecimalDigitValue(c);
        if (digit >= 0) return ((char)('0' + digit)).ToString();
        return CharUnicodeInfo.GetUnicodeCategory(c) switch
        {
            UnicodeCategory.Control => c is '\t' or '\n' or '\r' ? Break : "",
            UnicodeCategory.Format or UnicodeCategory.OtherNotAssigned or UnicodeCategory.PrivateUse => "",
            UnicodeCategory.EnclosingMark => "",
            UnicodeCategory.NonSpacingMark when ScriptRules.Of(c) is Script.Zyyy => "",
            _ => Fold(c.ToString()),
        };
    }

    private static string Fold(string one)
    {
        var folded = new StringBuilder();
        foreach (char c in one.Normalize(NormalizationForm.FormKC).ToLowerInvariant()) Append(folded, c);
        return folded.ToString();
    }

    private static void Append(StringBuilder folded, char c)
    {
        if (Replacements.TryGetValue(c, out string? known))
        {
            folded.Append(known);
            return;
        }
        var script = ScriptRules.Of(c);
        int digit = CharUnicodeInfo.GetDecimalDigitValue(c);
        if (digit >= 0) folded.Append((char)('0' + digit));
        else if (script is Script.Latn or Script.Grek or Script.Arab or Script.Hebr or Script.Cyrl) AppendBase(folded, c);
        else if (script is Script.Kana && c is >= '\u3041' and <= '\u309E') folded.Append((char)(c + 0x60));
        else if (script is not Script.Zyyy && IsPartOfWord(c) || char.IsSurrogate(c) || char.IsLetter(c)) folded.Append(c);
        else if (CharUnicodeInfo.GetUnicodeCategory(c) is not (UnicodeCategory.NonSpacingMark or UnicodeCategory.Format)) folded.Append(Break[0]);
    }

    /// <summary>The letter without its marks, when they are marks and not, as in й, part of the letter.</summary>
    private static void AppendBase(StringBuilder folded, char c)
    {
        if (!IsPartOfWord(c))
        {
            folded.Append(Break[0]);
            return;
        }
        foreach (char part in c.ToString().Normalize(NormalizationForm.FormD))
        {
            if (CharUnicodeInfo.GetUnicodeCategory(part) is UnicodeCategory.NonSpacingMark or UnicodeCategory.ModifierLetter) continue;
            folded.Append(Replacements.TryGetValue(part, out string? known) ? known : part.ToString());
        }
    }

    private static bool IsPartOfWord(char c) => char.IsLetter(c) || CharUnicodeInfo.GetUnicodeCategory(c)
        is UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark or UnicodeCategory.LetterNumber;

    private static FrozenDictionary<char, string> ReadReplacements()
    {
        var all = new Dictionary<char, string>();
        foreach (string[] row in Tables.Rows("scripts/folding.tsv")) all[row[0][0]] = row[1];
        foreach (string[] row in Tables.Rows("han/variants.tsv"))
            if (row[0].Length == 1) all[row[0][0]] = row[1];
        return all.ToFrozenDictionary();
    }
}
