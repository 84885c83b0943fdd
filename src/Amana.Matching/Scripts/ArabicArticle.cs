namespace Amana.Matching.Scripts;

/// <summary>The Arabic article is written with its word; in Latin letters it stands apart, and is often left out.</summary>
internal static class ArabicArticle
{
    private const string Written = "ال";
    /// <summary>Letters of the word with its article, at least: الله has none.</summary>
    private const int WordMin = 5;

    public const int Length = 2;

    /// <summary>Nats that a spelling without it costs.</summary>
    public const float LeftOutCost = 1;

    /// <summary>As a word of its own in Latin letters: its vowel is heard in many ways, and some consonants draw its l to them.</summary>
    public static bool Is(ReadOnlySpan<char> word) => word is ['a' or 'e' or 'i' or 'o' or 'u', 'l' or 'd' or 'n' or 'r' or 's' or 't' or 'z'];

    public static ReadOnlySpan<char> Without(ReadOnlySpan<char> word) => Is(word) ? [] : Starts(word) ? word[Length..] : word;

    public static bool Starts(ReadOnlySpan<char> word) => word.Length >= WordMin && word.StartsWith(Written);
}
