using System.Collections.Frozen;
using System.Globalization;
using System.Text;
using Amana.Matching.Scripts;

namespace Amana.Matching.Fields;

/// <summary>The words of data/calendar/words.tsv, folded: months, eras, about, to, and words without meaning.</summary>
internal static class DateWords
{
    public static readonly FrozenDictionary<string, (string Kind, int Number, Era Era)> Known = Read();

    /// <summary>Lower case, without marks.</summary>
    public static string Fold(ReadOnlySpan<char> word)
    {
        var folded = new StringBuilder();
        foreach (char c in word.ToString().Normalize(NormalizationForm.FormKD).ToLowerInvariant())
            if (CharUnicodeInfo.GetUnicodeCategory(c) is not (UnicodeCategory.NonSpacingMark or UnicodeCategory.ModifierLetter or UnicodeCategory.Format) && c is not ('\'' or '\u2019'))
                folded.Append(c);
        return folded.ToString();
    }

    private static FrozenDictionary<string, (string, int, Era)> Read()
    {
        var all = new Dictionary<string, (string, int, Era)>(StringComparer.Ordinal);
        foreach (string[] row in Tables.Rows("calendar/words.tsv"))
        {
            var era = row[2] switch { "hijri" => Era.Hijri, "persian" => Era.Persian, _ => Era.Gregorian };
            all.TryAdd(Fold(row[0]), (row[1], int.Parse(row[3], CultureInfo.InvariantCulture), era));
        }
        return all.ToFrozenDictionary(StringComparer.Ordinal);
    }
}
