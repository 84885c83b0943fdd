using System.Numerics;

namespace Amana.Exchange.Envelopes;

/// <summary>Hides how long a letter is: spaces up to the next of few lengths, at most an eighth more (Padmé: Nikitin and others, "Reducing metadata leakage from
/// encrypted files and communication with PURBs", 2019, section 4).</summary>
internal static class Padding
{
    private const int Least = 1024;

    public static byte[] Add(byte[] bytes)
    {
        byte[] padded = new byte[LengthFor(bytes.Length)];
        padded.AsSpan().Fill((byte)' ');
        bytes.CopyTo(padded, 0);
        return padded;
    }

    public static ReadOnlySpan<byte> Remove(ReadOnlySpan<byte> padded) => padded.TrimEnd((byte)' ');

    /// <summary>The length with all but its first bits rounded up: as many as its magnitude has bits stay.</summary>
    internal static int LengthFor(int length)
    {
        if (length <= Least) return Least;
        int magnitude = BitOperations.Log2((uint)length);
        int kept = BitOperations.Log2((uint)magnitude) + 1;
        int free = magnitude - kept;
        int mask = (1 << free) - 1;
        return (length + mask) & ~mask;
    }
}
