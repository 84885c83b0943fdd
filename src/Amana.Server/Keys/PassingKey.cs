using System.Security.Cryptography;

namespace Amana.Server.Keys;

/// <summary>A key that is in memory alone and ends with what it sealed: for temporary files, which nobody opens once the server is gone.</summary>
public sealed class PassingKey
{
    /// <summary>How much longer what is sealed is.</summary>
    public const int MoreBytes = SealedBytes.MoreBytes;

    private readonly byte[] _key = RandomNumberGenerator.GetBytes(SealedBytes.KeyBytes);

    /// <param name="number">Its place among all that is sealed with this key.</param>
    public byte[] Seal(ReadOnlySpan<byte> plain, long number) => SealedBytes.Seal(_key, plain, BitConverter.GetBytes(number));

    /// <exception cref="KeyException">This is not what was sealed at that place.</exception>
    public byte[] Open(ReadOnlySpan<byte> whole, long number) =>
        SealedBytes.Open(_key, whole, BitConverter.GetBytes(number)) ?? throw new KeyException("A temporary file is not what was written.");
}
