using System.Collections.Frozen;
using Amana.Matching.Scripts;

namespace Amana.Matching.Fields;

/// <summary>Reads sex as documents and lists write it: the letters of ICAO 9303 and words in several languages.</summary>
public static class SexText
{
    private static readonly FrozenDictionary<string, Sex> Known = Tables.Rows("sex/words.tsv")
        .ToFrozenDictionary(r => DateWords.Fold(r[0]), r => Enum.Parse<Sex>(r[1]), StringComparer.Ordinal);

    /// <returns>False for a text that says nothing about sex; an empty one and &lt; are read as unknown.</returns>
    public static bool TryParse(string? text, out Sex sex)
    {
        sex = Sex.Unknown;
        string word = (text ?? "").Trim().Trim('.', '<');
        return word.Length == 0 || (word.Length <= 20 && Known.TryGetValue(DateWords.Fold(word), out sex));
    }
}
