namespace Amana.Matching.Scripts;

/// <summary>The letters that the tables speak of: Hangul syllables fall into jamo, other scripts stay as they are.</summary>
internal static class SourceLetters
{
    /// <summary>Stands behind the last letter where a script's table says how words end: rows such as ล$.</summary>
    public const char End = '$';

    private const int FirstSyllable = 0xAC00, LastSyllable = 0xD7A3, Vowels = 21, Finals = 28;

    /// <summary>At most three letters a unit of <paramref name="token"/>, and <see cref="End"/>.</summary>
    /// <returns>The number of letters written; what does not fit is left out.</returns>
    /// <remarks>Source of the arithmetic: Unicode 16, section 3.12.</remarks>
    public static int Spell(ReadOnlySpan<char> token, Script script, Span<char> letters)
    {
        if (script is not Script.Hang)
        {
            int fits = Math.Min(token.Length, letters.Length);
            token[..fits].CopyTo(letters);
            if (!script.HasOwnEndings || fits == 0 || fits == letters.Length) return fits;
            letters[fits] = End;
            return fits + 1;
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
