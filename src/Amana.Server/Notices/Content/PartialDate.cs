using System.Globalization;
using System.Runtime.InteropServices;

namespace Amana.Server.Notices;

/// <summary>A day, or a month or year when no more is known: <c>1974-08-12</c>, <c>1974-08</c>, <c>1974</c>.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct PartialDate(int Year, int Month, int Day)
{
    public bool IsWhole => Day > 0;

    /// <summary>The first and the last day that it may be.</summary>
    public DateOnly Earliest => new(Year, Math.Max(Month, 1), Math.Max(Day, 1));

    public DateOnly Latest => Month == 0 ? new(Year, 12, 31) : Day == 0 ? new(Year, Month, DateTime.DaysInMonth(Year, Month)) : new(Year, Month, Day);

    public static bool TryParse(string? text, out PartialDate date)
    {
        date = default;
        string[] parts = (text ?? "").Split('-');
        if (parts.Length > 3 || parts[0].Length != 4 || parts.Skip(1).Any(p => p.Length != 2)) return false;
        int[] numbers = [.. parts.Select(p => int.TryParse(p, NumberStyles.None, CultureInfo.InvariantCulture, out int n) ? n : -1)];
        (int year, int month, int day) = (numbers[0], numbers.ElementAtOrDefault(1), numbers.ElementAtOrDefault(2));
        if (year is < 1800 or > 2200 || (parts.Length > 1 && month is < 1 or > 12)) return false;
        if (parts.Length > 2 && (day < 1 || day > DateTime.DaysInMonth(year, month))) return false;
        date = new PartialDate(year, month, day);
        return true;
    }

    public override string ToString() => string.Create(CultureInfo.InvariantCulture,
        $"{Year:D4}{(Month > 0 ? $"-{Month:D2}" : "")}{(Day > 0 ? $"-{Day:D2}" : "")}");
}
