using System.Collections.Frozen;

namespace Amana.Matching.Scripts;

/// <summary>Letters of Cyrillic and Greek that look like Latin ones, mixed into a word by mistake or to escape a search.</summary>
internal static class Lookalikes
{
    private static readonly FrozenDictionary<char, char> ToLatin = Tables.Rows("scripts/lookalikes.tsv")
        .ToFrozenDictionary(r => r[0][0], r => r[1][0]);
    private static readonly FrozenDictionary<char, char> ToCyrillic = ToLatin
        .Where(p => ScriptRules.Of(p.Key) is Script.Cyrl).GroupBy(p => p.Value).ToFrozenDictionary(g => g.Key, g => g.First().Key);

    public static bool Concerns(Script a, Script b) => IsOne(a) && IsOne(b);

    /// <summary>Turns a mixed word into one script, the one that most of its letters have, as far as lookalikes go.</summary>
    public static Script Unify(Span<char> word)
    {
        int cyrillic = 0, latin = 0, greek = 0;
        foreach (char c in word)
        {
            var script = ScriptRules.Of(c);
            if (script is Script.Cyrl) cyrillic++;
            else if (script is Script.Latn) latin++;
            else if (script is Script.Grek) greek++;
        }
        if (greek > latin + cyrillic) return Script.Grek;
        bool intoCyrillic = cyrillic > latin + greek;
        var map = intoCyrillic ? ToCyrillic : ToLatin;
        foreach (ref char c in word)
            if (map.TryGetValue(c, out char same)) c = same;
        return intoCyrillic ? Script.Cyrl : Script.Latn;
    }

    private static bool IsOne(Script script) => script is Script.Latn or Script.Cyrl or Script.Grek;
}
