using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Amana.Exchange.Private;

/// <summary>A value that is asked about without being told: OPRF(ristretto255, SHA-512), RFC 9497, mode OPRF.</summary>
/// <remarks>The asker sends <see cref="Element"/>; the other bureau multiplies it with its key (<see cref="BlindKey.Evaluate"/>) and learns
/// nothing; from its answer <see cref="Finish"/> makes the value's 64 bytes under that key, which nobody else can make.</remarks>
public sealed class BlindQuestion
{
    public const int ElementBytes = Ristretto.Bytes, OutputBytes = 64;
    /// <summary>Longest value, in bytes.</summary>
    public const int ValueBytesMost = ushort.MaxValue;

    private readonly byte[] _value, _blind;

    private BlindQuestion(byte[] value, byte[] blind, byte[] element) => (_value, _blind, Element) = (value, blind, element);

    /// <summary>32 bytes that say nothing about the value.</summary>
    public byte[] Element { get; }

    /// <exception cref="ArgumentException">The value is too long.</exception>
    public static BlindQuestion About(ReadOnlySpan<byte> value) => About(value, Ristretto.RandomScalar());

    internal static BlindQuestion About(ReadOnlySpan<byte> value, byte[] blind)
    {
        if (value.Length > ValueBytesMost) throw new ArgumentException($"A value has at most {ValueBytesMost} bytes.", nameof(value));
        byte[] element = Ristretto.Multiply(blind, Oprf.HashToGroup(value)) ?? throw new ArgumentException("This value has no element.", nameof(value));
        return new(value.ToArray(), blind, element);
    }

    /// <param name="answer">What the other bureau made of <see cref="Element"/>.</param>
    /// <returns>64 bytes; null when the answer is no element of the group.</returns>
    public byte[]? Finish(ReadOnlySpan<byte> answer)
    {
        if (!Ristretto.IsElement(answer) || Ristretto.Invert(_blind) is not { } inverse || Ristretto.Multiply(inverse, answer) is not { } unblinded) return null;
        return Oprf.Finish(_value, unblinded);
    }
}

/// <summary>The key with which a bureau answers blind questions, and makes its own values ready to be found.</summary>
public sealed class BlindKey
{
    private readonly byte[] _scalar;

    private BlindKey(byte[] scalar) => _scalar = scalar;

    /// <param name="seed">32 random bytes.</param>
    /// <param name="info">Public: what the key is for, so that one seed gives different keys for different uses.</param>
    public static BlindKey Of(ReadOnlySpan<byte> seed, ReadOnlySpan<byte> info) => new(Oprf.DeriveKey(seed, info));

    internal static BlindKey OfScalar(byte[] scalar) => new(scalar);

    internal ReadOnlySpan<byte> Scalar => _scalar;

    /// <returns>32 bytes; null when what was sent is no element of the group.</returns>
    public byte[]? Evaluate(ReadOnlySpan<byte> element) => Ristretto.IsElement(element) ? Ristretto.Multiply(_scalar, element) : null;

    /// <summary>What an asker ends up with for the same value: 64 bytes.</summary>
    public byte[] OutputOf(ReadOnlySpan<byte> value) =>
        Oprf.Finish(value, Ristretto.Multiply(_scalar, Oprf.HashToGroup(value)) ?? throw new ArgumentException("This value has no element.", nameof(value)));
}

/// <summary>The parts of RFC 9497 that both sides share.</summary>
internal static class Oprf
{
    // contextString: "OPRFV1-", the mode (0), "-", the suite.
    private static readonly byte[] Context = [.. "OPRFV1-"u8, 0, .. "-ristretto255-SHA512"u8];

    public static byte[] HashToGroup(ReadOnlySpan<byte> value) => Ristretto.FromHash(Expand(value, [.. "HashToGroup-"u8, .. Context]));

    public static byte[] Finish(ReadOnlySpan<byte> value, ReadOnlySpan<byte> unblinded)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA512);
        Append(hash, value);
        Append(hash, unblinded);
        hash.AppendData("Finalize"u8);
        return hash.GetHashAndReset();
    }

    /// <summary>RFC 9497, 3.2.1.</summary>
    public static byte[] DeriveKey(ReadOnlySpan<byte> seed, ReadOnlySpan<byte> info)
    {
        Span<byte> length = stackalloc byte[2];
        BinaryPrimitives.WriteUInt16BigEndian(length, (ushort)info.Length);
        for (int counter = 0; counter <= byte.MaxValue; counter++)
        {
            byte[] input = [.. seed, .. length, .. info, (byte)counter];
            byte[] scalar = Ristretto.Reduce(Expand(input, [.. "DeriveKeyPair"u8, .. Context]));
            if (scalar.AsSpan().ContainsAnyExcept((byte)0)) return scalar;
        }

        throw new CryptographicException("No key came of this seed.");
    }

    // expand_message_xmd with SHA-512 and 64 bytes: RFC 9380, 5.3.1.
    private static byte[] Expand(ReadOnlySpan<byte> message, ReadOnlySpan<byte> tag)
    {
        const int Block = 128;
        byte[] suffix = [.. tag, (byte)tag.Length];
        byte[] first = SHA512.HashData([.. new byte[Block], .. message, 0, Ristretto.HashBytes, 0, .. suffix]);
        return SHA512.HashData([.. first, 1, .. suffix]);
    }

    private static void Append(IncrementalHash hash, ReadOnlySpan<byte> part)
    {
        Span<byte> length = stackalloc byte[2];
        BinaryPrimitives.WriteUInt16BigEndian(length, (ushort)part.Length);
        hash.AppendData(length);
        hash.AppendData(part);
    }
}
