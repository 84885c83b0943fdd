using System.Text;

namespace Amana.Peers.Systems;

/// <summary>The phonetic key of a word in lower-case ASCII.</summary>
/// <remarks>Source: L. Philips, "Hanging on the Metaphone", Computer Language 7 (12), 1990. The phonetic filters of Lucene.Net are
/// a package that needs more of ICU than is commonly at hand.</remarks>
internal static class Metaphone
{
    private const int KeyMax = 6;

    public static string Of(string word)
    {
        var key = new StringBuilder(KeyMax);
        int first = word switch { ['k' or 'g' or 'p', 'n', ..] or ['w', 'r', ..] or ['a', 'e', ..] => 1, _ => 0 };
        for (int i = first; i < word.Length && key.Length < KeyMax; i++)
        {
            if (i > first && word[i] == word[i - 1] && word[i] != 'c') continue;
            Append(key, word, i, i == first);
        }
        return key.ToString();
    }

    private static char At(string word, int i) => i >= 0 && i < word.Length ? word[i] : '\0';

    private static bool IsVowel(char c) => c is 'a' or 'e' or 'i' or 'o' or 'u';

    private static bool IsFront(char c) => c is 'e' or 'i' or 'y';

    private static void Append(StringBuilder key, string word, int i, bool isFirst)
    {
        char before = At(word, i - 1), after = At(word, i + 1), then = At(word, i + 2);
        _ = word[i] switch
        {
            'a' or 'e' or 'i' or 'o' or 'u' => isFirst ? key.Append(word[i]) : key,
            'b' => before == 'm' && after == '\0' ? key : key.Append('b'),
            'c' => AppendC(key, before, after, then),
            'd' => key.Append(after == 'g' && IsFront(then) ? 'j' : 't'),
            'g' => AppendG(key, before, after, then),
            'h' => !IsVowel(after) || before is 'c' or 's' or 'p' or 't' or 'g' ? key : key.Append('h'),
            'k' => before == 'c' ? key : key.Append('k'),
            'p' => key.Append(after == 'h' ? 'f' : 'p'),
            'q' => key.Append('k'),
            's' => key.Append(after == 'h' || (after == 'i' && then is 'o' or 'a') ? 'x' : 's'),
            't' when after == 'h' => key.Append('0'),
            't' when after == 'i' && then is 'o' or 'a' => key.Append('x'),
            't' => after == 'c' && then == 'h' ? key : key.Append('t'),
            'v' => key.Append('f'),
            'w' or 'y' => IsVowel(after) ? key.Append(word[i]) : key,
            'x' => isFirst ? key.Append('s') : key.Append("ks"),
            'z' => key.Append('s'),
            var other => key.Append(other),
        };
    }

    private static StringBuilder AppendC(StringBuilder key, char before, char after, char then) =>
        after == 'h' || (after == 'i' && then == 'a') ? key.Append(before == 's' ? 'k' : 'x')
        : IsFront(after) ? (before == 's' ? key : key.Append('s'))
        : key.Append('k');

    private static StringBuilder AppendG(StringBuilder key, char before, char after, char then) =>
        after == 'h' && then != '\0' && !IsVowel(then) ? key
        : after == 'n' && (then == '\0' || then == 'e') ? key
        : before == 'd' && IsFront(after) ? key
        : key.Append(IsFront(after) ? 'j' : 'k');
}
