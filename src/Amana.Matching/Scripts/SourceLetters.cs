namespace Amana.Matching.Scripts;

/// <summary>The letters that the tables speak of: Hangul syllables fall into jamo, other scripts stay as they are.</summary>
internal static class SourceLetters
{
    private const int FirstSyllable = 0xAC00, LastSyllable = 0xD7A3, Vowels = 21, Finals = 28;

    /// <summary>At most three letters a unit of <paramref name="token"/>.</summary>
    /// <returns>The number of letters written; what does not fit is left out.</returns>
    /// <remarks>Source of the arithmetic: Unicode 16, section 3.12.</remarks>
    public static int Spell(ReadOnlySpan<char> token, Script script, Span<char> letters)
    {
        if (script is not Script.Hang)
        {
            int fits = Math.Min(token.Length, letters.Length);
            token[..fits].CopyTo(letters);
            return fits;
        }
        int count = 0;
        foreach (char c in token)
        {
            if (count + 3 > letters.Length) break;
            if (c is < (char)FirstSyllable or > (char)LastSyllable)
            {
                letters[count++] = c;
                continue;
            }
            int index = c - FirstSyllable;
            letters[count++] = (char)(0x1100 + (index / (Vowels * Finals)));
            letters[count++] = (char)(0x1161 + (index / Finals % Vowels));
            if (index % Finals > 0) letters[count++] = (char)(0x11A7 + (index % Finals));
        }
        return count;
    }
}
