using System.Buffers.Binary;
using System.IO.Compression;

namespace Amana.Paper.Pdf;

/// <summary>A photograph as a document carries it. JPEG, and PNG without transparency, are taken over as they are and never decoded here,
/// so no picture can blow up; of a PNG with transparency one row at a time is held.</summary>
internal sealed record PdfPicture(int Width, int Height, string Entries, byte[] Bytes, string? MaskEntries = null, byte[]? Mask = null)
{
    private static ReadOnlySpan<byte> PngSign => [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A];

    /// <returns>False when it is neither, or interlaced, or broken.</returns>
    public static bool TryRead(byte[] bytes, out PdfPicture picture)
    {
        picture = null!;
        try
        {
            if (bytes.AsSpan().StartsWith(PngSign)) return TryPng(bytes, out picture);
            return bytes.Length > 4 && bytes[0] == 0xFF && bytes[1] == 0xD8 && TryJpeg(bytes, out picture);
        }
        catch (Exception e) when (e is ArgumentException or InvalidDataException or IndexOutOfRangeException)
        {
            return false; // it ends before it says what it is
        }
    }

    private static bool TryJpeg(byte[] bytes, out PdfPicture picture)
    {
        picture = null!;
        for (int at = 2; at + 9 < bytes.Length;)
        {
            if (bytes[at] != 0xFF) return false;
            int marker = bytes[at + 1], length = BinaryPrimitives.ReadUInt16BigEndian(bytes.AsSpan(at + 2));
            if (marker is >= 0xC0 and <= 0xCF and not (0xC4 or 0xC8 or 0xCC))
            {
                int height = BinaryPrimitives.ReadUInt16BigEndian(bytes.AsSpan(at + 5)), width = BinaryPrimitives.ReadUInt16BigEndian(bytes.AsSpan(at + 7));
                string? colours = bytes[at + 9] switch { 1 => "/DeviceGray", 3 => "/DeviceRGB", 4 => "/DeviceCMYK/Decode[1 0 1 0 1 0 1 0]", _ => null };
                if (colours is null || width == 0 || height == 0) return false;
                picture = new PdfPicture(width, height, $"/ColorSpace{colours}/BitsPerComponent 8/Filter/DCTDecode", bytes);
                return true;
            }

            if (length < 2) return false;
            at += 2 + length;
        }

        return false;
    }

    private static bool TryPng(byte[] bytes, out PdfPicture picture)
    {
        picture = null!;
        int width = 0, height = 0, bits = 0, kind = 0;
        string palette = "";
        var data = new MemoryStream();
        for (int at = PngSign.Length; at + 12 <= bytes.Length;)
        {
            int length = BinaryPrimitives.ReadInt32BigEndian(bytes.AsSpan(at));
            if (length < 0 || length > bytes.Length - at - 12) return false;
            var body = bytes.AsSpan(at + 8, length);
            switch (BinaryPrimitives.ReadUInt32BigEndian(bytes.AsSpan(at + 4)))
            {
                case 0x49484452: // IHDR
                    (width, height, bits, kind) = (BinaryPrimitives.ReadInt32BigEndian(body), BinaryPrimitives.ReadInt32BigEndian(body[4..]), body[8], body[9]);
                    if (body[12] != 0 || width <= 0 || height <= 0) return false;
                    break;
                case 0x504C5445: // PLTE
                    palette = Convert.ToHexString(body);
                    break;
                case 0x49444154: // IDAT
                    data.Write(body);
                    break;
            }

            at += length + 12;
        }

        if (width == 0 || data.Length == 0) return false;
        int colours = kind switch { 0 or 3 => 1, 2 => 3, 4 => 2, 6 => 4, _ => 0 };
        if (colours == 0 || (kind == 3 && palette.Length == 0)) return false;
        if (kind is 4 or 6) return bits == 8 && TrySplit(data, width, height, colours, out picture);
        string space = kind switch { 0 => "/DeviceGray", 2 => "/DeviceRGB", _ => $"[/Indexed/DeviceRGB {palette.Length / 6 - 1}<{palette}>]" };
        picture = new PdfPicture(width, height, $"/ColorSpace{space}/BitsPerComponent {bits}/Filter/FlateDecode/DecodeParms<</Predictor 15/Colors {colours}/BitsPerComponent {bits}/Columns {width}>>", data.ToArray());
        return true;
    }

    // Colours and transparency apart, row by row. Source: ISO/IEC 15948, 9.
    private static bool TrySplit(MemoryStream data, int width, int height, int colours, out PdfPicture picture)
    {
        data.Position = 0;
        using var rows = new ZLibStream(data, CompressionMode.Decompress);
        using MemoryStream paint = new(), mask = new();
        byte[] row = new byte[width * colours + 1], above = new byte[width * colours];
        using (var packedPaint = new ZLibStream(paint, CompressionLevel.Fastest, leaveOpen: true))
        using (var packedMask = new ZLibStream(mask, CompressionLevel.Fastest, leaveOpen: true))
        {
            byte[] paintRow = new byte[width * (colours - 1)], maskRow = new byte[width];
            for (int y = 0; y < height; y++)
            {
                if (rows.ReadAtLeast(row, row.Length, throwOnEndOfStream: false) < row.Length) throw new InvalidDataException("The picture ends early.");
                Unfilter(row[0], row.AsSpan(1), above, colours);
                for (int x = 0; x < width; x++)
                {
                    row.AsSpan(1 + x * colours, colours - 1).CopyTo(paintRow.AsSpan(x * (colours - 1)));
                    maskRow[x] = row[(x + 1) * colours];
                }

                packedPaint.Write(paintRow);
                packedMask.Write(maskRow);
                row.AsSpan(1).CopyTo(above);
            }
        }

        picture = new PdfPicture(width, height, $"/ColorSpace{(colours == 2 ? "/DeviceGray" : "/DeviceRGB")}/BitsPerComponent 8/Filter/FlateDecode", paint.ToArray(),
            "/ColorSpace/DeviceGray/BitsPerComponent 8/Filter/FlateDecode", mask.ToArray());
        return true;
    }

    private static void Unfilter(byte filter, Span<byte> row, byte[] above, int step)
    {
        for (int i = 0; i < row.Length; i++)
        {
            int left = i >= step ? row[i - step] : 0, corner = i >= step ? above[i - step] : 0;
            row[i] += (byte)(filter switch { 1 => left, 2 => above[i], 3 => (left + above[i]) / 2, 4 => Nearest(left, above[i], corner), _ => 0 });
        }
    }

    private static int Nearest(int left, int above, int corner)
    {
        int guess = left + above - corner;
        int toLeft = Math.Abs(guess - left), toAbove = Math.Abs(guess - above), toCorner = Math.Abs(guess - corner);
        return toLeft <= toAbove && toLeft <= toCorner ? left : toAbove <= toCorner ? above : corner;
    }
}
