namespace Amana.Exchange.Fields;

/// <summary>Which letters may stand where in a structured field (RFC 9651, 3).</summary>
internal static class FieldLetters
{
    public static bool BeginsKey(char letter) => letter is '*' or (>= 'a' and <= 'z');

    public static bool IsOfKey(char letter) => BeginsKey(letter) || char.IsAsciiDigit(letter) || letter is '_' or '-' or '.';

    public static bool BeginsToken(char letter) => letter == '*' || char.IsAsciiLetter(letter);

    /// <summary>Of a display string: small letters only.</summary>
    public static bool IsHex(char letter) => char.IsAsciiHexDigitLower(letter);

    /// <summary>The letters of RFC 9110's token, a colon and a slash.</summary>
    public static bool IsOfToken(char letter) => char.IsAsciiLetterOrDigit(letter) || "!#$%&'*+-.^_`|~:/".Contains(letter, StringComparison.Ordinal);
}
