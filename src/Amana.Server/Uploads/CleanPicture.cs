using System.Buffers.Binary;

namespace Amana.Server.Uploads;

/// <summary>A photograph without what a camera or program wrote beside it: place, owner, device, preview. Only the segments that
/// make the picture are copied; it is never decoded, so no picture can blow up here.</summary>
public static class CleanPicture
{
    public const int BytesMax = 4 * 1024 * 1024;
    public const int PointsMax = 6_000;

    private static readonly byte[] PngSign = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A];
    private static readonly string[] PngKept = ["IHDR", "PLTE", "tRNS", "gAMA", "sRGB", "IDAT", "IEND"];

    /// <returns>False when it is neither JPEG nor PNG, broken, or too large.</returns>
    public static bool TryRead(ReadOnlySpan<byte> picture, out string mediaType, out byte[] clean)
    {
        (mediaType, clean) = ("", []);
        if (picture.Length is 0 or > BytesMax) return false;
        var kept = new MemoryStream(picture.Length);
        bool read = false;
        if (picture.StartsWith(PngSign)) (read, mediaType) = (ReadPng(picture, kept), "image/png");
        else if (picture.Length > 4 && picture[0] == 0xFF && picture[1] == 0xD8) (read, mediaType) = (ReadJpeg(picture, kept), "image/jpeg");
        clean = read ? kept.ToArray() : [];
        return read;
    }

    private static bool ReadPng(ReadOnlySpan<byte> picture, MemoryStream kept)
    {
        kept.Write(PngSign);
        bool data = false;
        for (var rest = picture[PngSign.Length..]; rest.Length >= 12;)
        {
            uint length = BinaryPrimitives.ReadUInt32BigEndian(rest);
            if (length > rest.Length - 12) return false;
            string kind = System.Text.Encoding.ASCII.GetString(rest.Slice(4, 4));
            var chunk = rest[..(12 + (int)length)];
            if (kept.Length == PngSign.Length && (kind != "IHDR" || length != 13 || !Fits(BinaryPrimitives.ReadUInt32BigEndian(rest[8..]), BinaryPrimitives.ReadUInt32BigEndian(rest[12..])))) return false;
            if (Array.IndexOf(PngKept, kind) >= 0) kept.Write(chunk);
            data |= kind == "IDAT";
            if (kind == "IEND") return data;
            rest = rest[chunk.Length..];
        }

        return false;
    }

    // Up to the scan, segment by segment; the scan itself holds nothing but the picture and ends with EOI, after which nothing is kept.
    private static bool ReadJpeg(ReadOnlySpan<byte> picture, MemoryStream kept)
    {
        kept.Write(picture[..2]);
        bool sized = false;
        for (var rest = picture[2..]; rest.Length >= 4;)
        {
            if (rest[0] != 0xFF) return false;
            byte marker = rest[1];
            if (marker == 0xFF) { rest = rest[1..]; continue; }
            int length = BinaryPrimitives.ReadUInt16BigEndian(rest[2..]);
            if (length < 2 || length + 2 > rest.Length) return false;
            var segment = rest[..(length + 2)];
            if (marker is >= 0xC0 and <= 0xCF and not (0xC4 or 0xC8 or 0xCC))
            {
                if (length < 8 || !Fits(BinaryPrimitives.ReadUInt16BigEndian(segment[7..]), BinaryPrimitives.ReadUInt16BigEndian(segment[5..]))) return false;
                sized = true;
            }

            // APP0 is the format, APP14 how colours are written; all other APP segments and comments say things about the photograph.
            if (marker is not (>= 0xE1 and <= 0xED or 0xEF or 0xFE)) kept.Write(segment);
            rest = rest[segment.Length..];
            if (marker == 0xDA) return sized && CopyScan(rest, kept);
        }

        return false;
    }

    private static bool CopyScan(ReadOnlySpan<byte> rest, MemoryStream kept)
    {
        int end = rest.IndexOf([(byte)0xFF, (byte)0xD9]);
        if (end < 0) return false;
        var scan = rest[..(end + 2)];
        kept.Write(scan);
        // A progressive picture has segments between its scans; one that describes the photograph has no place there.
        for (int at = 0; (at = scan[at..].IndexOf((byte)0xFF) is >= 0 and var next ? at + next : -1) >= 0 && at + 1 < scan.Length; at += 2)
        {
            if (scan[at + 1] is >= 0xE0 and <= 0xEF or 0xFE) return false;
        }

        return true;
    }

    private static bool Fits(uint width, uint height) => width is > 0 and <= PointsMax && height is > 0 and <= PointsMax;
}
