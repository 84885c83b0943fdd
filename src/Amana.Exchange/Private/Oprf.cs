using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Amana.Exchange.Private;

/// <summary>The parts of RFC 9497 that both sides share, for ristretto255 with SHA-512 in mode VOPRF.</summary>
internal static class Oprf
{
    // contextString: "OPRFV1-", the mode (1), "-", the suite.
    public static readonly byte[] Context = [.. "OPRFV1-"u8, 1, .. "-ristretto255-SHA512"u8];

    public static byte[] HashToGroup(ReadOnlySpan<byte> value) => Ristretto.FromHash(Expand(value, [.. "HashToGroup-"u8, .. Context]));

    public static byte[] HashToScalar(ReadOnlySpan<byte> text) => Ristretto.Reduce(Expand(text, [.. "HashToScalar-"u8, .. Context]));

    public static byte[] Finish(ReadOnlySpan<byte> value, ReadOnlySpan<byte> unblinded) => SHA512.HashData([.. Sized(value), .. Sized(unblinded), .. "Finalize"u8]);

    /// <summary>RFC 9497, 3.2.1.</summary>
    public static byte[] DeriveKey(ReadOnlySpan<byte> seed, ReadOnlySpan<byte> info)
    {
        for (int counter = 0; counter <= byte.MaxValue; counter++)
        {
            byte[] scalar = Ristretto.Reduce(Expand([.. seed, .. Sized(info), (byte)counter], [.. "DeriveKeyPair"u8, .. Context]));
            if (scalar.AsSpan().ContainsAnyExcept((byte)0)) return scalar;
        }

        throw new CryptographicException("No key came of this seed.");
    }

    /// <summary>Its length in two bytes, then itself.</summary>
    public static byte[] Sized(ReadOnlySpan<byte> part)
    {
        byte[] sized = new byte[2 + part.Length];
        BinaryPrimitives.WriteUInt16BigEndian(sized, checked((ushort)part.Length));
        part.CopyTo(sized.AsSpan(2));
        return sized;
    }

    // expand_message_xmd with SHA-512 and 64 bytes: RFC 9380, 5.3.1.
    private static byte[] Expand(ReadOnlySpan<byte> message, ReadOnlySpan<byte> tag)
    {
        const int Block = 128;
        byte[] suffix = [.. tag, (byte)tag.Length];
        byte[] first = SHA512.HashData([.. new byte[Block], .. message, 0, Ristretto.HashBytes, 0, .. suffix]);
        return SHA512.HashData([.. first, 1, .. suffix]);
    }
}
