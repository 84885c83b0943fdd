namespace Amana.Sealing;

/// <summary>Standard base64 with its padding, in its one form.</summary>
internal static class Base64Text
{
    /// <summary>Refuses what the base library lets pass: blanks, and other spellings of the same bytes (bits of the last
    /// letter that no byte holds). A signed text has one form, or two texts would carry one signature.</summary>
    public static bool TryRead(ReadOnlySpan<char> text, Span<byte> bytes, out int count)
    {
        if (!Convert.TryFromBase64Chars(text, bytes, out count)) return false;
        return text.SequenceEqual(Convert.ToBase64String(bytes[..count]));
    }

    /// <returns>Null when it is not base64 or holds more than <paramref name="most"/> bytes.</returns>
    public static byte[]? Read(ReadOnlySpan<char> text, int most)
    {
        byte[] bytes = new byte[most + 3];
        return TryRead(text, bytes, out int count) && count <= most ? bytes[..count] : null;
    }
}
