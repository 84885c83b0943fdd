using Amana.Lists.Questions;

namespace Amana.Lists;

/// <summary>A country as a list says it, made codes: <c>Iran (Islamic Republic of)</c>, <c>FR</c>, <c>Syria; Lebanon</c>.</summary>
internal sealed class CountryTexts
{
    /// <summary>Lists say the same few hundred countries again and again.</summary>
    private const int KnownMax = 2_000;
    private readonly Dictionary<string, string> _known = new(StringComparer.Ordinal);

    private static readonly char[] Separators = [';', '/', '|'];
    private static readonly string[] NoCountry = ["na", "n/a", "none", "unknown", "none identified", "-", "not available"];

    /// <summary>Adds the codes, ISO 3166-1 alpha-2 in lower case or one of FollowTheMoney's own.</summary>
    /// <returns>False: at least one part is no country.</returns>
    public bool TryRead(string text, List<string> codes)
    {
        string whole = text.Trim();
        if (Array.Exists(NoCountry, n => n.Equals(whole, StringComparison.OrdinalIgnoreCase))) return true;
        if (TryReadOne(whole, out string code)) { codes.Add(code); return true; }
        string[] parts = whole.Split(Separators, StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        if (parts.Length is < 2 or > 20) return false;
        bool all = true;
        foreach (string part in parts)
        {
            if (TryReadOne(part, out code)) codes.Add(code);
            else all = false;
        }
        return all;
    }

    private bool TryReadOne(string text, out string code)
    {
        if (_known.TryGetValue(text, out code!)) return true;
        if (!TryParse(text, out code)) return false;
        if (_known.Count < KnownMax) _known[text] = code;
        return true;
    }

    private static bool TryParse(string text, out string code)
    {
        if (text.StartsWith("possibly ", StringComparison.OrdinalIgnoreCase)) text = text[9..];
        return QuestionFields.TryCountry(text, out code) || IsOwnOfFollowTheMoney(text, out code);
    }

    // Territories as parts of countries (ge-ab, gb-sct) and states that are no more (suhh, yucs, ddde).
    // Source: followthemoney/types/country.py.
    private static bool IsOwnOfFollowTheMoney(string text, out string code)
    {
        code = text;
        if (text is "suhh" or "yucs" or "csxx" or "cshh" or "ddde" or "anhh" or "zz" or "eu" or "xk" or "dsa") return true;
        return text.Length is >= 5 and <= 7 && text[2] == '-' && text.All(c => c == '-' || char.IsAsciiLetterLower(c));
    }
}
