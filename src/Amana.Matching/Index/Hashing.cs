using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Amana.Matching.Index;

/// <summary>The hashes of the index file. Part of the file format: a change needs a new format version.</summary>
internal static class Hashing
{
    private const ulong K0 = 0x9E3779B97F4A7C15, K1 = 0xD6E8FEB86659FD93, K2 = 0xA0761D6478BD642F;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong Mix(ulong x)
    {
        x ^= x >> 32; x *= K1; x ^= x >> 32; x *= K1; x ^= x >> 32;
        return x;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static uint Fold(ulong x) => (uint)(x >> 32);

    /// <summary>A hash of a short text; bytes beyond the first 64 count as well.</summary>
    public static ulong Of(ReadOnlySpan<byte> bytes)
    {
        ulong h = K0 ^ (ulong)bytes.Length;
        while (bytes.Length >= 8)
        {
            h = (BitOperations.RotateLeft(h, 29) ^ MemoryMarshal.Read<ulong>(bytes)) * K2;
            bytes = bytes[8..];
        }
        ulong tail = 0;
        for (int i = 0; i < bytes.Length; i++) tail |= (ulong)bytes[i] << (8 * i);
        return Mix((BitOperations.RotateLeft(h, 29) ^ tail) * K2);
    }

    /// <summary>A checksum of a large block, four lanes at a time.</summary>
    public static ulong Checksum(ReadOnlySpan<byte> block, ulong seed)
    {
        var words = MemoryMarshal.Cast<byte, ulong>(block);
        ulong a = seed, b = K0, c = K1, d = K2;
        int i = 0;
        for (; i + 4 <= words.Length; i += 4)
        {
            a = (BitOperations.RotateLeft(a, 31) ^ words[i]) * K0;
            b = (BitOperations.RotateLeft(b, 31) ^ words[i + 1]) * K1;
            c = (BitOperations.RotateLeft(c, 31) ^ words[i + 2]) * K2;
            d = (BitOperations.RotateLeft(d, 31) ^ words[i + 3]) * K0;
        }
        for (; i < words.Length; i++) a = (BitOperations.RotateLeft(a, 31) ^ words[i]) * K1;
        foreach (byte rest in block[(words.Length * 8)..]) b = (BitOperations.RotateLeft(b, 31) ^ rest) * K2;
        return Mix(a ^ BitOperations.RotateLeft(b, 13) ^ BitOperations.RotateLeft(c, 27) ^ BitOperations.RotateLeft(d, 41));
    }
}
