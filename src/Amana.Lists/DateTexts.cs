using System.Globalization;
using Amana.Matching;

namespace Amana.Lists;

/// <summary>A date as a list says it, made one or more dates. What a date is, <see cref="PartialDate.Read"/> decides; added here
/// is only what lists do beside: zeros for unknown parts (<c>1980/00/00</c>), ranges between whole days and long ranges.</summary>
internal static class DateTexts
{
    private const string Joiner = " to ";

    /// <summary>A range up to so many years is each of its years; a longer one only its ends, as about.</summary>
    public const int RangeYearsMax = 20;

    /// <summary>Adds what the text says.</summary>
    /// <returns>False: it is no date, or none that can be.</returns>
    public static bool TryRead(string text, bool about, List<PartialDate> dates)
    {
        text = text.Trim();
        var read = PartialDate.Read(WithoutZeros(text), out _);
        foreach (var date in read) dates.Add(about && !date.IsAbout ? About(date) : date);
        return read.Count > 0 || TryReadRange(text, about, dates);
    }

    private static bool TryReadRange(string text, bool about, List<PartialDate> dates)
    {
        if (Ends(text) is not { } ends || !PartialDate.TryParse(ends.From, out var from) || !PartialDate.TryParse(ends.To, out var to)) return false;
        if (to.Year < from.Year) return false;
        if (to.Year - from.Year > RangeYearsMax)
        {
            dates.Add(PartialDate.Of(from.Year, about: true));
            dates.Add(PartialDate.Of(to.Year, about: true));
            return true;
        }
        for (int year = from.Year; year <= to.Year; year++) dates.Add(PartialDate.Of(year, about: about || from.IsAbout));
        return true;
    }

    private static (string From, string To)? Ends(string text)
    {
        if (text.StartsWith("between ", StringComparison.OrdinalIgnoreCase)) text = text[8..].Replace(" and ", Joiner, StringComparison.OrdinalIgnoreCase);
        int at = text.IndexOf(Joiner, StringComparison.OrdinalIgnoreCase);
        if (at > 0) return (text[..at], text[(at + Joiner.Length)..]);
        return text is { Length: 9 } && text[4] is '-' or '/' or '–' ? (text[..4], text[5..]) : null;
    }

    private static PartialDate About(PartialDate date) => PartialDate.Of(date.Year, date.Month, date.Day, about: true);

    // Zero stands for a day or month that is not known.
    private static string WithoutZeros(string text)
    {
        if (text.Length < 7 || text[^3] is not ('-' or '/') || !text.EndsWith("00", StringComparison.Ordinal)) return text;
        string shorter = text[..^3];
        return shorter.Length > 4 && shorter[^3] is '-' or '/' && shorter.EndsWith("00", StringComparison.Ordinal) ? shorter[..^3] : shorter;
    }

    /// <summary>Year, year and month, or the whole day, as FollowTheMoney writes it.</summary>
    public static string Iso(PartialDate date) => date switch
    {
        { Month: 0 } => date.Year.ToString("D4", CultureInfo.InvariantCulture),
        { Day: 0 } => string.Create(CultureInfo.InvariantCulture, $"{date.Year:D4}-{date.Month:D2}"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{date.Year:D4}-{date.Month:D2}-{date.Day:D2}"),
    };
}
