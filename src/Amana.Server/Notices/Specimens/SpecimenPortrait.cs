using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;

namespace Amana.Server.Notices;

/// <summary>A drawn silhouette with the word SPECIMEN, as a PNG of some kilobytes: no demonstration ever shows a face.
/// Source: ux.md 14.</summary>
internal static class SpecimenPortrait
{
    public const int Kinds = 8;
    private const int Width = 120, Height = 150;
    private const byte Ground = 0, Body = 1, Hair = 2, Ink = 3;

    private static readonly (int Ground, int Body, int Hair)[] Colours =
        [(0xD9E7E5, 0x8FB0B3, 0x57787C), (0xEBDDE0, 0xC39DA6, 0x8A5F6B), (0xDEE5EE, 0x98ADC7, 0x5A7796), (0xE0E9DC, 0x9DB594, 0x64805C)];

    // Five by seven points a letter, a row a number.
    private static readonly (char Letter, byte[] Rows)[] Letters =
    [
        ('S', [15, 16, 16, 14, 1, 1, 30]), ('P', [30, 17, 17, 30, 16, 16, 16]), ('E', [31, 16, 16, 30, 16, 16, 31]), ('C', [14, 17, 16, 16, 16, 17, 14]),
        ('I', [14, 4, 4, 4, 4, 4, 14]), ('M', [17, 27, 21, 17, 17, 17, 17]), ('N', [17, 25, 21, 19, 17, 17, 17]),
    ];

    /// <param name="kind">0 to <see cref="Kinds"/> - 1: colours and hair.</param>
    public static byte[] Draw(int kind)
    {
        var colours = Colours[kind % Colours.Length];
        bool longHair = kind >= Colours.Length;
        byte[] rows = new byte[(Width + 1) * Height];
        for (int y = 0; y < Height; y++)
        {
            for (int x = 0; x < Width; x++) rows[y * (Width + 1) + 1 + x] = PointAt(x, y, longHair);
        }

        Write(rows, "SPECIMEN");
        return Png(rows, [colours.Ground, colours.Body, colours.Hair, 0xFFFFFF]);
    }

    private static byte PointAt(int x, int y, bool longHair)
    {
        if (Within(x, y, 60, 62, 22, 28)) return y < 50 && Within(x, y, 60, 55, 26, 26) ? Hair : Body;
        if (Within(x, y, 60, 50, 26, 24) && y < 60) return Hair;
        if (longHair && Math.Abs(x - 60) is >= 18 and <= 28 && y is > 48 and < 98) return Hair;
        if (Math.Abs(x - 60) < 9 && y is > 80 and < 108) return Body;
        return Within(x, y, 60, 150, 46, 46) ? Hair : Ground;
    }

    private static bool Within(int x, int y, int cx, int cy, int rx, int ry) => ((x - cx) * (x - cx) * ry * ry) + ((y - cy) * (y - cy) * rx * rx) <= rx * rx * ry * ry;

    private static void Write(byte[] rows, string word)
    {
        int left = (Width - (word.Length * 7)) / 2;
        for (int i = 0; i < word.Length; i++)
        {
            byte[] letter = Array.Find(Letters, l => l.Letter == word[i]).Rows;
            for (int y = 0; y < 7; y++)
            {
                for (int x = 0; x < 5; x++)
                {
                    if ((letter[y] >> (4 - x) & 1) == 1) rows[(138 + y) * (Width + 1) + 1 + left + (i * 7) + x] = Ink;
                }
            }
        }
    }

    private static byte[] Png(byte[] rows, int[] palette)
    {
        using var png = new MemoryStream();
        png.Write([0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]);
        byte[] head = new byte[13];
        BinaryPrimitives.WriteInt32BigEndian(head, Width);
        BinaryPrimitives.WriteInt32BigEndian(head.AsSpan(4), Height);
        (head[8], head[9]) = (8, 3); // eight bits, a palette
        Chunk(png, "IHDR", head);
        Chunk(png, "PLTE", [.. palette.SelectMany(c => new[] { (byte)(c >> 16), (byte)(c >> 8), (byte)c })]);
        using var packed = new MemoryStream();
        using (var zlib = new ZLibStream(packed, CompressionLevel.SmallestSize, leaveOpen: true)) zlib.Write(rows);
        Chunk(png, "IDAT", packed.ToArray());
        Chunk(png, "IEND", []);
        return png.ToArray();
    }

    private static void Chunk(MemoryStream png, string kind, byte[] body)
    {
        byte[] chunk = new byte[body.Length + 12];
        BinaryPrimitives.WriteInt32BigEndian(chunk, body.Length);
        Encoding.ASCII.GetBytes(kind).CopyTo(chunk, 4);
        body.CopyTo(chunk, 8);
        BinaryPrimitives.WriteUInt32BigEndian(chunk.AsSpan(body.Length + 8), Crc(chunk.AsSpan(4, body.Length + 4)));
        png.Write(chunk);
    }

    /// <summary>CRC-32 as PNG wants it, bit by bit: some kilobytes, at the start of a training instance.</summary>
    private static uint Crc(ReadOnlySpan<byte> bytes)
    {
        uint crc = uint.MaxValue;
        foreach (byte b in bytes)
        {
            crc ^= b;
            for (int bit = 0; bit < 8; bit++) crc = (crc & 1) == 1 ? (crc >> 1) ^ 0xEDB88320 : crc >> 1;
        }

        return ~crc;
    }
}
