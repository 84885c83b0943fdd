using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;

namespace Amana.Paper.Tests;

/// <summary>Small pictures made by hand.</summary>
internal static class Pictures
{
    private static ReadOnlySpan<byte> Sign => [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A];

    /// <param name="kind">Of PNG: 0 grey, 2 colour, 4 and 6 with transparency.</param>
    public static byte[] Png(int width, int height, int kind, int bits, bool interlaced = false)
    {
        int samples = kind switch { 0 => 1, 2 => 3, 4 => 2, _ => 4 };
        using var packed = new MemoryStream();
        using (var zlib = new ZLibStream(packed, CompressionLevel.Optimal, leaveOpen: true))
        {
            for (int y = 0; y < height; y++)
            {
                zlib.WriteByte((byte)(y % 5)); // every filter in turn
                for (int i = 0; i < width * samples; i++) zlib.WriteByte((byte)(i * 7 + y));
            }
        }

        byte[] head = new byte[13];
        BinaryPrimitives.WriteInt32BigEndian(head, width);
        BinaryPrimitives.WriteInt32BigEndian(head.AsSpan(4), height);
        (head[8], head[9], head[12]) = ((byte)bits, (byte)kind, (byte)(interlaced ? 1 : 0));
        return [.. Sign, .. Chunk("IHDR", head), .. Chunk("IDAT", packed.ToArray()), .. Chunk("IEND", [])];
    }

    private static byte[] Chunk(string kind, byte[] body)
    {
        byte[] chunk = new byte[body.Length + 12];
        BinaryPrimitives.WriteInt32BigEndian(chunk, body.Length);
        Encoding.ASCII.GetBytes(kind).CopyTo(chunk, 4);
        body.CopyTo(chunk, 8);
        return chunk; // its check sum is nobody's business here
    }
}
