using System.Text;

namespace Amana.Server.Screening;

/// <summary>What text of a question must pass before it is compared.</summary>
internal static class AskedText
{
    /// <summary>False for NUL and for half of a surrogate pair: no such text was ever typed.</summary>
    public static bool IsWhole(string text)
    {
        for (int i = 0; i < text.Length; i++)
        {
            char c = text[i];
            if (c == '\0') return false;
            if (char.IsHighSurrogate(c))
            {
                if (i + 1 == text.Length || !char.IsLowSurrogate(text[i + 1])) return false;
                i++;
            }
            else if (char.IsLowSurrogate(c)) return false;
        }
        return true;
    }

    /// <summary>Embeddings, overrides, isolates and marks: they change the order in which a reader sees letters.</summary>
    public static bool IsDirection(char c) => c is (>= '\u202A' and <= '\u202E') or (>= '\u2066' and <= '\u2069') or '\u200E' or '\u200F' or '\u061C';

    /// <summary>One line, single spaces, without controls and direction marks.</summary>
    /// <param name="hadDirection">The text held a direction override or embedding.</param>
    public static string OneLine(string text, out bool hadDirection)
    {
        hadDirection = false;
        var line = new StringBuilder(text.Length);
        bool space = false;
        foreach (char c in text)
        {
            if (IsDirection(c)) { hadDirection |= c is not ('\u200E' or '\u200F' or '\u061C'); continue; }
            if (c is '\uFEFF' or '\u200B' or '\u2060') continue;
            if (char.IsWhiteSpace(c) || char.IsControl(c)) { space = line.Length > 0; continue; }
            if (space) line.Append(' ');
            space = false;
            line.Append(c);
        }
        return line.ToString();
    }

    /// <summary>Whether anything in it can be compared.</summary>
    public static bool HasLetter(string text) => text.EnumerateRunes().Any(Rune.IsLetterOrDigit);
}
