using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using Amana.Matching.Fields;

namespace Amana.Matching;

public readonly partial record struct PartialDate : IParsable<PartialDate>
{
    /// <summary>A longer text is refused. Chars.</summary>
    public const int TextCharsMax = 80;

    /// <summary>All dates that the text says: one, or every year of a range of at most twenty.</summary>
    /// <param name="text">ISO, 12/08/1974 with the day first, 12 Aug 1974 in several languages, Aug 1974, 1974, circa 1974,
    /// 1974-1976, 15 Ramadan 1394 AH, 1353/05/21 SH; digits of any script.</param>
    /// <param name="refusal">Why nothing was read; null when something was.</param>
    public static IReadOnlyList<PartialDate> Read(string? text, out FieldRefusal? refusal) => DateText.Read(text, out refusal);

    /// <summary>A text that says exactly one date.</summary>
    public static bool TryParse([NotNullWhen(true)] string? s, IFormatProvider? provider, out PartialDate result)
    {
        var all = Read(s, out _);
        result = all.Count == 1 ? all[0] : default;
        return all.Count == 1;
    }

    public static bool TryParse([NotNullWhen(true)] string? s, out PartialDate result) => TryParse(s, null, out result);

    public static PartialDate Parse(string s, IFormatProvider? provider) =>
        TryParse(s, provider, out var date) ? date : throw new FormatException($"'{s}' is no date.");

    /// <summary>ISO 8601 of the parts that are known, with ~ before a date that is about: <c>1974-08</c>, <c>~1974</c>.</summary>
    public override string ToString() => Year == 0 ? "" : string.Create(CultureInfo.InvariantCulture,
        $"{(IsAbout ? "~" : "")}{Year:D4}{(Month > 0 ? $"-{Month:D2}" : "")}{(Day > 0 ? $"-{Day:D2}" : "")}");

    /// <summary>Null, or why there is no such date.</summary>
    internal static FieldRefusal? Check(int year, int month, int day) =>
        year is < 1 or > 9999 ? FieldRefusals.YearOutOfRange
        : month is < 0 or > 12 ? FieldRefusals.NoSuchMonth
        : day < 0 || (day > 0 && (month == 0 || day > DateTime.DaysInMonth(year, month))) ? FieldRefusals.NoSuchDay : null;
}
