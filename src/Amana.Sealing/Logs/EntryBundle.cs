using System.Buffers;
using System.Buffers.Binary;

namespace Amana.Sealing.Logs;

/// <summary>Up to 256 entries one after the other, each with its length before it in two bytes (C2SP tlog-tiles).</summary>
public static class EntryBundle
{
    /// <summary>Longest entry, in bytes.</summary>
    public const int EntryBytesMost = ushort.MaxValue;
    /// <summary>Largest bundle, in bytes.</summary>
    public const int BytesMost = TilePath.Width * (2 + EntryBytesMost);

    /// <summary>Adds an entry to the end of a bundle.</summary>
    /// <exception cref="ArgumentException">The entry is too long.</exception>
    public static void Write(IBufferWriter<byte> bundle, ReadOnlySpan<byte> entry)
    {
        ArgumentNullException.ThrowIfNull(bundle);
        if (entry.Length > EntryBytesMost) throw new ArgumentException("An entry has at most 65535 bytes.", nameof(entry));
        Span<byte> length = stackalloc byte[2];
        BinaryPrimitives.WriteUInt16BigEndian(length, (ushort)entry.Length);
        bundle.Write(length);
        bundle.Write(entry);
    }

    /// <summary>Reads what is whole.</summary>
    /// <param name="broken">Whether something stands after the last whole entry.</param>
    public static IReadOnlyList<ReadOnlyMemory<byte>> Read(ReadOnlyMemory<byte> bundle, out bool broken)
    {
        var entries = new List<ReadOnlyMemory<byte>>(TilePath.Width);
        while (bundle.Length >= 2 && entries.Count <= TilePath.Width)
        {
            int length = BinaryPrimitives.ReadUInt16BigEndian(bundle.Span);
            if (bundle.Length < 2 + length) break;
            entries.Add(bundle.Slice(2, length));
            bundle = bundle[(2 + length)..];
        }

        broken = bundle.Length > 0;
        return entries;
    }
}
