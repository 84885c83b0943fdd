namespace Amana.Matching.Index;

/// <summary>The key under which a document number is found, whatever its spaces, dashes and case, and with O and 0, I and
/// 1 taken as one.</summary>
internal static class IdKeys
{
    public const int LettersMin = 4;

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
        uint hash = Hashing.Fold(Hashing.Of(kept[..n]));
        return hash == 0 ? 1 : hash;
    }

    private static byte Confusable(char c) => c switch { 'O' => (byte)'0', 'I' => (byte)'1', _ => (byte)c };
}
