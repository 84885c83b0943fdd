using System.Globalization;

namespace Amana.Matching.Fields;

/// <summary>The calendar that a date is written in.</summary>
public enum Era : byte
{
    Gregorian,
    /// <summary>Islamic lunar years, AH.</summary>
    Hijri,
    /// <summary>Iranian solar years, SH or AP.</summary>
    Persian,
}

/// <summary>Dates of the Hijri and the Persian calendar as Gregorian ones and back.</summary>
/// <remarks>Hijri after the Umm al-Qura tables for 1318 to 1500 AH, the tabular calendar before: either can be a day off what
/// was seen and written where the month began by sight. Source: .NET's UmAlQuraCalendar, HijriCalendar, PersianCalendar.</remarks>
public static class Calendars
{
    private static readonly UmAlQuraCalendar UmmAlQura = new();
    private static readonly HijriCalendar Tabular = new();
    private static readonly PersianCalendar Solar = new();
    private const int UmmAlQuraFirst = 1318, UmmAlQuraLast = 1500, YearMax = 9000;

    /// <summary>The Gregorian date; null when the calendar has no such date.</summary>
    /// <remarks>A year or month alone becomes the Gregorian year, or month, that holds its middle, about: it has days in two.</remarks>
    public static PartialDate? ToGregorian(Era era, int year, int month, int day, bool about = false)
    {
        if (Check(era, year, month, day) is not null) return null;
        if (era is Era.Gregorian) return PartialDate.Of(year, month, day, about);
        var calendar = Of(era, year);
        if (day > 0) return Partial(calendar.ToDateTime(year, month, day, 0, 0, 0, 0), 3, about);
        return month > 0
            ? Partial(calendar.ToDateTime(year, month, 15, 0, 0, 0, 0), 1, true)
            : Partial(calendar.ToDateTime(year, 6, 15, 0, 0, 0, 0), 1, true);
    }

    /// <summary>Year, month and day of a whole Gregorian date in the other calendar; null outside its range.</summary>
    public static (int Year, int Month, int Day)? FromGregorian(Era era, DateOnly date)
    {
        var at = date.ToDateTime(TimeOnly.MinValue);
        if (era is Era.Gregorian) return (date.Year, date.Month, date.Day);
        Calendar calendar = era is Era.Persian ? Solar : at >= UmmAlQura.MinSupportedDateTime && at <= UmmAlQura.MaxSupportedDateTime ? UmmAlQura : Tabular;
        if (at < calendar.MinSupportedDateTime || at > calendar.MaxSupportedDateTime) return null;
        return (calendar.GetYear(at), calendar.GetMonth(at), calendar.GetDayOfMonth(at));
    }

    internal static FieldRefusal? Check(Era era, int year, int month, int day)
    {
        if (era is Era.Gregorian) return PartialDate.Check(year, month, day);
        if (year < 1 || year > YearMax) return FieldRefusals.YearOutOfRange;
        if (month is < 0 or > 12) return FieldRefusals.NoSuchMonth;
        if (day < 0 || (day > 0 && (month == 0 || day > Of(era, year).GetDaysInMonth(year, month)))) return FieldRefusals.NoSuchDay;
        return null;
    }

    private static Calendar Of(Era era, int year) =>
        era is Era.Persian ? Solar : year is >= UmmAlQuraFirst and <= UmmAlQuraLast ? UmmAlQura : Tabular;

    private static PartialDate Partial(DateTime at, int parts, bool about) =>
        parts == 3 ? PartialDate.Of(at.Year, at.Month, at.Day, about) : PartialDate.Of(at.Year, 0, 0, about);
}
