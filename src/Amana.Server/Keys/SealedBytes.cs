using System.Security.Cryptography;
using System.Text;

namespace Amana.Server.Keys;

/// <summary>AES-256 in Galois/counter mode: nonce (12 bytes), cipher text, tag (16 bytes), bound to the place it belongs to.</summary>
internal static class SealedBytes
{
    public const int KeyBytes = 32;
    private const int NonceBytes = 12, TagBytes = 16;
    public const int MoreBytes = NonceBytes + TagBytes;

    public static byte[] Seal(ReadOnlySpan<byte> key, ReadOnlySpan<byte> plain, ReadOnlySpan<byte> place)
    {
        byte[] whole = new byte[MoreBytes + plain.Length];
        var nonce = whole.AsSpan(0, NonceBytes);
        RandomNumberGenerator.Fill(nonce);
        using var aes = new AesGcm(key, TagBytes);
        aes.Encrypt(nonce, plain, whole.AsSpan(NonceBytes, plain.Length), whole.AsSpan(NonceBytes + plain.Length), place);
        return whole;
    }

    /// <returns>Null when it was sealed with another key, at another place, or altered since.</returns>
    public static byte[]? Open(ReadOnlySpan<byte> key, ReadOnlySpan<byte> whole, ReadOnlySpan<byte> place)
    {
        if (whole.Length < MoreBytes) return null;
        byte[] plain = new byte[whole.Length - MoreBytes];
        using var aes = new AesGcm(key, TagBytes);
        try
        {
            aes.Decrypt(whole[..NonceBytes], whole[NonceBytes..^TagBytes], whole[^TagBytes..], plain, place);
            return plain;
        }
        catch (AuthenticationTagMismatchException)
        {
            return null;
        }
    }

    public static byte[] Place(string place) => Encoding.UTF8.GetBytes(place);
}
