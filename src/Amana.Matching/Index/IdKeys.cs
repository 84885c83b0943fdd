namespace Amana.Matching.Index;

/// <summary>The key under which a document number is found, whatever its spaces, dashes and case, and with O and 0, I and
/// 1 taken as one, and with or without the letters IMO before the number of a ship.</summary>
internal static class IdKeys
{
    public const int LettersMin = 4;
    /// <summary>Digits of a ship's IMO number, of which the last is a check digit; source: IMO resolution A.1117(30).</summary>
    private const int ShipDigits = 7;

    /// <returns>0 when the number is too short to say anything.</returns>
    public static uint Of(string number)
    {
        Span<byte> kept = stackalloc byte[32];
        int n = 0;
        foreach (char c in number)
        {
            if (n == kept.Length) break;
            if (char.IsAsciiLetterOrDigit(c)) kept[n++] = Confusable(char.ToUpperInvariant(c));
        }
        if (n < LettersMin) return 0;
        uint hash = Hashing.Fold(Hashing.Of(WithoutShipLetters(kept[..n])));
        return hash == 0 ? 1 : hash;
    }

    private static ReadOnlySpan<byte> WithoutShipLetters(ReadOnlySpan<byte> kept) =>
        kept.Length == 3 + ShipDigits && kept.StartsWith("1M0"u8) && !kept[3..].ContainsAnyExceptInRange((byte)'0', (byte)'9') ? kept[3..] : kept;

    private static byte Confusable(char c) => c switch { 'O' => (byte)'0', 'I' => (byte)'1', _ => (byte)c };
}
