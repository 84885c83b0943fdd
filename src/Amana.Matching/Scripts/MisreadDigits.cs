using System.Collections.Frozen;

namespace Amana.Matching.Scripts;

/// <summary>Digits among the letters of a Latin word, which are letters that were misread: Garrid0, A1onso.</summary>
/// <remarks>Source: data/scripts/misread-digits.tsv. Part of the index file's meaning.</remarks>
internal static class MisreadDigits
{
    /// <summary>Nats that a digit's second letter costs beside its first.</summary>
    private const float OtherLetter = 0.5f;
    /// <summary>Of the digits behind these only the first letter is thought of: each doubles the words.</summary>
    private const int DoubtfulMax = 3;

    private static readonly FrozenDictionary<char, string> Letters = Tables.Rows("scripts/misread-digits.tsv")
        .ToFrozenDictionary(row => row[0][0], row => row[1]);

    /// <summary>Whether it has digits, but more letters: a word, and not a number such as b52.</summary>
    public static bool IsIn(ReadOnlySpan<char> token)
    {
        int digits = 0;
        foreach (char c in token)
            if (char.IsAsciiDigit(c)) digits++;
        return digits > 0 && digits * 2 < token.Length;
    }

    /// <summary>Adds the words that it may be.</summary>
    public static void Read(ReadOnlySpan<char> token, Readings into)
    {
        Span<char> word = stackalloc char[Readings.LettersMax];
        if (token.Length > word.Length) token = token[..word.Length];
        token.CopyTo(word);
        Add(word[..token.Length], 0, 0, 0, into);
    }

    private static void Add(Span<char> word, int from, int doubtful, float cost, Readings into)
    {
        int at = word[from..].IndexOfAnyInRange('0', '9');
        if (at < 0)
        {
            into.Add(word, cost);
            return;
        }
        char digit = word[from + at];
        string letters = Letters[digit];
        int count = doubtful < DoubtfulMax ? letters.Length : 1;
        for (int i = 0; i < count; i++)
        {
            word[from + at] = letters[i];
            Add(word, from + at + 1, count > 1 ? doubtful + 1 : doubtful, cost + (i * OtherLetter), into);
        }
        word[from + at] = digit;
    }
}
