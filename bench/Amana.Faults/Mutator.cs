using System.Text;

namespace Amana.Faults;

/// <summary>Makes bad input of good: a few changes at random places, the same for the same seed.</summary>
internal sealed class Mutator(Random random)
{
    private const int ChangesMost = 6, Longest = 256 * 1024;

    // What trips readers: ends of ranges, marks of other formats, letters that are more than one unit, and characters that mean something.
    private static readonly byte[][] Words =
    [
        .. new[]
        {
            "", "\0", "\n", "\r\n", "\"", "'", "\\", "\\u0000", "\\ud800", "{", "}", "[", "]", "<", ">", "&#0;", "]]>", "<!DOCTYPE x [", "%00", "%FF", "%", ",", ";", "\t", "=", "-0",
            "-1", "0", "00", "1e999", "9223372036854775807", "9223372036854775808", "18446744073709551616", "0001-01-01", "9999-12-31", "2026-02-30", "31.11.1990", "null", "true", "{}", "[]",
            "[[[[[[[[[[[[[[[[", "{\"a\":{\"a\":{\"a\":", "\u200f", "\u202e", "\u0301\u0301\u0301\u0301", "\ufeff", "\ufffd", "ﷺ", "İ", "ß", "علي", "李", "𠮷", "👩‍👩‍👧", "' OR 1=1 --", "../../etc/passwd", "<script>alert(1)</script>",
            "c2sp.org/", "\n\n", "— a AAAA\n", "index ", "old ",
        }.Select(Encoding.UTF8.GetBytes),
        [0xFF], [0xC0, 0x80], [0xED, 0xA0, 0x80], [0xF4, 0x90, 0x80, 0x80], [0x1F, 0x8B, 0x08, 0x00], [0xFF, 0xFE], [0xEF, 0xBB, 0xBF], [0x50, 0x4B, 0x03, 0x04],
    ];

    /// <param name="others">Where pieces are taken from.</param>
    public byte[] Of(byte[] good, IReadOnlyList<byte[]> others)
    {
        byte[] bytes = good;
        for (int changes = random.Next(1, ChangesMost + 1); changes > 0; changes--) bytes = Change(bytes, others);
        return bytes.Length <= Longest ? bytes : bytes[..Longest];
    }

    private byte[] Change(byte[] bytes, IReadOnlyList<byte[]> others)
    {
        int at = random.Next(bytes.Length + 1), count = Math.Min(random.Next(1, 40), bytes.Length - at);
        switch (random.Next(8))
        {
            case 0 when bytes.Length > 0:
                byte[] flipped = [.. bytes];
                flipped[random.Next(bytes.Length)] ^= (byte)(1 << random.Next(8));
                return flipped;
            case 1: return [.. bytes[..at], .. bytes[(at + count)..]];
            case 2: return [.. bytes[..(at + count)], .. bytes[at..]]; // a piece twice
            case 3: return bytes[..at];
            case 4: return [.. bytes[..at], .. Words[random.Next(Words.Length)], .. bytes[(at + count)..]];
            case 5: return [.. bytes[..at], .. Enumerable.Repeat(bytes.Length > 0 ? bytes[Math.Min(at, bytes.Length - 1)] : (byte)'a', random.Next(1, 5000)), .. bytes[at..]];
            case 6:
                byte[] other = others[random.Next(others.Count)];
                int from = random.Next(other.Length + 1);
                return [.. bytes[..at], .. other[from..Math.Min(other.Length, from + random.Next(200))], .. bytes[(at + count)..]];
            default: return [.. bytes[..at], .. Words[random.Next(Words.Length)], .. bytes[at..]];
        }
    }
}
