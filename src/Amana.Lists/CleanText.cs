using System.Text;

namespace Amana.Lists;

/// <summary>What text from outside must pass before it becomes a value.</summary>
internal static class CleanText
{
    /// <summary>The longest name that is taken, in UTF-16 units. The longest on the real lists has 380.</summary>
    public const int NameCharsMax = 1_000;
    /// <summary>The longest other value: remarks and summaries.</summary>
    public const int ValueCharsMax = 50_000;

    // What U+0080 to U+009F mean in practice: bytes of Windows-1252 that were read as Latin-1, such as the ž of Hodža on
    // real lists. Source: https://encoding.spec.whatwg.org/#windows-1252; a space where it has no letter.
    private const string Windows1252 = "€ ‚ƒ„…†‡ˆ‰Š‹Œ Ž  ‘’“”•–—˜™š›œ žŸ";

    public enum Fault { None, Nul, BrokenSurrogate, BidiControl }

    /// <summary>Embeddings, overrides and isolates: they change the order in which the reader sees letters.</summary>
    public static bool IsDirectionControl(char c) => c is (>= '\u202A' and <= '\u202E') or (>= '\u2066' and <= '\u2069');

    // Marks of direction and invisible spaces that word processors leave behind: nothing is lost without them.
    // Joiners (U+200C, U+200D) stay: in Persian and Indic scripts they are spelling.
    private static bool IsInvisible(char c) => c is '\u200B' or '\u200E' or '\u200F' or '\u061C' or '\u2060' or '\uFEFF' or '\u00AD';

    /// <summary>One line, single spaces, no controls.</summary>
    /// <param name="fault">What was found. With <see cref="Fault.BidiControl"/> the answer is fit for use.</param>
    public static string OneLine(string text, out Fault fault)
    {
        fault = Fault.None;
        if (IsClean(text)) return text;
        var clean = new StringBuilder(text.Length);
        bool space = false;
        for (int i = 0; i < text.Length; i++)
        {
            char c = text[i];
            if (c == '\0') { fault = Fault.Nul; return ""; }
            if (IsHalfCharacter(text, i)) { fault = Fault.BrokenSurrogate; return ""; }
            if (IsDirectionControl(c)) { fault = Fault.BidiControl; continue; }
            if (IsInvisible(c)) continue;
            if (c is >= '\u0080' and <= '\u009F') c = Windows1252[c - '\u0080'];
            if (char.IsWhiteSpace(c) || char.IsControl(c)) { space = clean.Length > 0; continue; }
            if (space) clean.Append(' ');
            space = false;
            clean.Append(c);
        }
        return clean.ToString();
    }

    /// <summary>As it is, line breaks included, but without what no text has.</summary>
    public static string Block(string text, out Fault fault)
    {
        fault = Fault.None;
        for (int i = 0; i < text.Length; i++)
        {
            if (text[i] == '\0') { fault = Fault.Nul; return ""; }
            if (IsHalfCharacter(text, i)) { fault = Fault.BrokenSurrogate; return ""; }
        }
        return text.Trim();
    }

    private static bool IsClean(string text)
    {
        if (text.Length > 0 && (text[0] == ' ' || text[^1] == ' ')) return false;
        char last = 'x';
        foreach (char c in text)
        {
            bool letter = c is (> ' ' and < '\u007F') || (c > '\u00AD' && c is < '\u061C' or (> '\u061C' and < '\u1680'))
                || c is >= '\u3001' and < '\uD800' || (c == ' ' && last != ' ');
            if (!letter) return false;
            last = c;
        }
        return true;
    }

    /// <summary>A surrogate without its partner.</summary>
    public static bool IsHalfCharacter(string text, int i) =>
        char.IsSurrogate(text[i])
        && !(char.IsHighSurrogate(text[i]) && i + 1 < text.Length && char.IsLowSurrogate(text[i + 1]))
        && !(char.IsLowSurrogate(text[i]) && i > 0 && char.IsHighSurrogate(text[i - 1]));
}
