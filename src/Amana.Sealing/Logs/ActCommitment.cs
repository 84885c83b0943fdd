using System.Security.Cryptography;

namespace Amana.Sealing.Logs;

/// <summary>Binds an entry that everybody may read to the part that not everybody may read, without telling it.</summary>
/// <remarks>SHA-256 over a label, a line feed, a salt and the bytes. The salt is kept with the sealed part and deleted with
/// it: without it nobody can try out what was committed to.</remarks>
public static class ActCommitment
{
    public const int SaltBytes = 16;

    public static byte[] NewSalt() => RandomNumberGenerator.GetBytes(SaltBytes);

    /// <param name="label">What is committed to, such as <c>amana/act/v1</c>; keeps one kind from standing for another.</param>
    /// <exception cref="ArgumentException">The salt has not 16 bytes.</exception>
    public static byte[] Of(string label, ReadOnlySpan<byte> salt, ReadOnlySpan<byte> content)
    {
        if (salt.Length != SaltBytes) throw new ArgumentException("A salt has 16 bytes.", nameof(salt));
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(System.Text.Encoding.UTF8.GetBytes(label));
        hash.AppendData("\n"u8);
        hash.AppendData(salt);
        hash.AppendData(content);
        return hash.GetHashAndReset();
    }
}
