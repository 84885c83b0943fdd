using System.Buffers.Binary;
using System.Text;
using Amana.Server.Notices;
using Amana.Server.Uploads;

namespace Amana.Server.Tests.Notices;

/// <summary>A photograph keeps what is seen and nothing of what was written beside it.</summary>
public class PictureTests
{
    internal static byte[] Jpeg(int width = 40, int height = 50, byte[]? scan = null) =>
    [
        0xFF, 0xD8, .. Segment(0xE0, "JFIF\0"u8), .. Segment(0xE1, "Exif\0\0GPS 14.5 N 3.2 E"u8), .. Segment(0xFE, "taken at home"u8),
        .. Segment(0xC0, [8, (byte)(height >> 8), (byte)height, (byte)(width >> 8), (byte)width, 1, 1, 0x11, 0]), .. Segment(0xDA, [1, 1, 0, 0, 63, 0]),
        .. scan ?? [1, 2, 0xFF, 0x00, 3], 0xFF, 0xD9, .. "hidden behind the end"u8,
    ];

    private static byte[] Segment(byte marker, ReadOnlySpan<byte> body) => [0xFF, marker, (byte)((body.Length + 2) >> 8), (byte)(body.Length + 2), .. body];

    private static byte[] Chunk(string kind, byte[] body)
    {
        byte[] chunk = new byte[12 + body.Length];
        BinaryPrimitives.WriteInt32BigEndian(chunk, body.Length);
        Encoding.ASCII.GetBytes(kind).CopyTo(chunk, 4);
        body.CopyTo(chunk, 8);
        return chunk;
    }

    internal static byte[] Png(int width = 40, int height = 50)
    {
        byte[] head = [0, 0, 0, 0, 0, 0, 0, 0, 8, 2, 0, 0, 0];
        BinaryPrimitives.WriteInt32BigEndian(head, width);
        BinaryPrimitives.WriteInt32BigEndian(head.AsSpan(4), height);
        return [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, .. Chunk("IHDR", head), .. Chunk("tEXt", "Author\0A. Person"u8.ToArray()), .. Chunk("eXIf", [1]), .. Chunk("IDAT", [1, 2, 3]), .. Chunk("IEND", [])];
    }

    [Fact]
    public void What_a_camera_wrote_beside_the_picture_is_left_out()
    {
        CleanPicture.TryRead(Jpeg(), out string jpeg, out byte[] cleanJpeg).ShouldBeTrue();
        CleanPicture.TryRead(Png(), out string png, out byte[] cleanPng).ShouldBeTrue();
        (jpeg, png).ShouldBe(("image/jpeg", "image/png"));
        foreach (string hidden in (string[])["GPS", "home", "hidden", "Person", "eXIf"])
        {
            Encoding.Latin1.GetString(cleanJpeg).ShouldNotContain(hidden);
            Encoding.Latin1.GetString(cleanPng).ShouldNotContain(hidden);
        }

        CleanPicture.TryRead(cleanJpeg, out _, out byte[] twice).ShouldBeTrue();
        twice.ShouldBe(cleanJpeg);
    }

    [Fact]
    public void A_picture_bomb_is_refused_by_its_head_and_never_decoded()
    {
        CleanPicture.TryRead(Png(60_000, 60_000), out _, out _).ShouldBeFalse();
        CleanPicture.TryRead(Jpeg(65_000, 65_000), out _, out _).ShouldBeFalse();
        CleanPicture.TryRead(Png(0, 5), out _, out _).ShouldBeFalse();
        CleanPicture.TryRead(new byte[CleanPicture.BytesMax + 1], out _, out _).ShouldBeFalse();
    }

    [Fact]
    public void What_is_no_picture_or_broken_is_refused()
    {
        CleanPicture.TryRead("<svg onload='alert(1)'/>"u8, out _, out _).ShouldBeFalse();
        CleanPicture.TryRead("GIF89a"u8, out _, out _).ShouldBeFalse();
        CleanPicture.TryRead([], out _, out _).ShouldBeFalse();
        CleanPicture.TryRead(Jpeg(scan: [1, 0xFF, 0xE1, 0, 4, 65, 66]), out _, out _).ShouldBeFalse();
        for (int length = 0; length < Jpeg().Length - 21; length++) CleanPicture.TryRead(Jpeg().AsSpan(0, length), out _, out _).ShouldBeFalse($"{length} bytes");
        for (int length = 0; length < Png().Length; length++) CleanPicture.TryRead(Png().AsSpan(0, length), out _, out _).ShouldBeFalse($"{length} bytes");
    }
}
