using System.Buffers.Binary;
using System.Text;

namespace Amana.Matching.Index;

/// <summary>The fields of a subject beside its names, packed into bytes.</summary>
/// <remarks>sex, count of dates, of countries and of numbers (a byte each), then dates (4 bytes: year, month, day,
/// about), countries (2 letters), numbers (length byte and UTF-8).</remarks>
internal static class Records
{
    private const int EachMax = 255;

    public static void Write(Subject subject, Buffer<byte> bytes)
    {
        int dates = Math.Min(subject.BirthDates.Count, EachMax), countries = 0, numbers = Math.Min(subject.IdNumbers.Count, EachMax);
        var head = bytes.Extend(4);
        head[0] = (byte)subject.Sex;
        head[1] = (byte)dates;
        head[3] = (byte)numbers;
        int headAt = bytes.Count - 4;
        for (int i = 0; i < dates; i++) BinaryPrimitives.WriteUInt32LittleEndian(bytes.Extend(4), Pack(subject.BirthDates[i]));
        foreach (string country in subject.Countries)
        {
            if (country.Length != 2 || countries == EachMax) continue;
            bytes.Add((byte)char.ToLowerInvariant(country[0]));
            bytes.Add((byte)char.ToLowerInvariant(country[1]));
            countries++;
        }
        bytes[headAt + 2] = (byte)countries;
        for (int i = 0; i < numbers; i++) WriteText(subject.IdNumbers[i], bytes);
    }

    private static void WriteText(string text, Buffer<byte> bytes)
    {
        Span<byte> utf8 = stackalloc byte[255];
        Encoding.UTF8.TryGetBytes(text.AsSpan(0, Math.Min(text.Length, 84)), utf8, out int length);
        bytes.Add((byte)length);
        bytes.Add(utf8[..length]);
    }

    private static uint Pack(PartialDate date) =>
        ((uint)date.Year << 10) | ((uint)date.Month << 6) | ((uint)date.Day << 1) | (date.IsAbout ? 1u : 0);

    private static PartialDate Unpack(uint packed) =>
        PartialDate.Of((int)(packed >> 10), (int)(packed >> 6) & 15, (int)(packed >> 1) & 31, (packed & 1) != 0);

    public static SubjectFields Read(ReadOnlySpan<byte> bytes)
    {
        var fields = new SubjectFields { Sex = (Sex)bytes[0], BirthDates = new PartialDate[bytes[1]], Countries = new string[bytes[2]], IdNumbers = new string[bytes[3]] };
        int at = 4;
        for (int i = 0; i < fields.BirthDates.Length; i++, at += 4)
            fields.BirthDates[i] = Unpack(BinaryPrimitives.ReadUInt32LittleEndian(bytes[at..]));
        for (int i = 0; i < fields.Countries.Length; i++, at += 2)
            fields.Countries[i] = Encoding.ASCII.GetString(bytes.Slice(at, 2));
        for (int i = 0; i < fields.IdNumbers.Length; i++)
        {
            fields.IdNumbers[i] = Encoding.UTF8.GetString(bytes.Slice(at + 1, bytes[at]));
            at += 1 + bytes[at];
        }
        return fields;
    }
}

/// <summary>What a subject has beside its names.</summary>
internal sealed class SubjectFields
{
    public Sex Sex { get; init; }
    public PartialDate[] BirthDates { get; init; } = [];
    public string[] Countries { get; init; } = [];
    public string[] IdNumbers { get; init; } = [];
}
