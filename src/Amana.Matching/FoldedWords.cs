using Amana.Matching.Scripts;

namespace Amana.Matching;

/// <summary>Words of any text as names are compared: small letters without marks, one form of each letter.</summary>
public static class FoldedWords
{
    public const int CharsMost = 60;

    /// <summary>Each word once, in order, at most <paramref name="most"/>; a word that nothing is left of is none.</summary>
    public static IReadOnlyList<string> Of(string text, int most)
    {
        ArgumentNullException.ThrowIfNull(text);
        var words = new List<string>();
        foreach (string raw in text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries))
        {
            foreach (string word in NameText.FoldedOf(raw.Length > CharsMost ? raw[..CharsMost] : raw).Split(' ', StringSplitOptions.RemoveEmptyEntries))
            {
                if (words.Count < most && !words.Contains(word, StringComparer.Ordinal)) words.Add(word);
            }
        }

        return words;
    }
}
