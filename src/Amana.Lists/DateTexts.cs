using System.Globalization;
using Amana.Lists.Questions;
using Amana.Matching;

namespace Amana.Lists;

/// <summary>A date as a list says it, made one or more dates: <c>circa 1957</c>, <c>01 Jan 1961 to 31 Dec 1962</c>,
/// <c>1974/08/12</c>, <c>1980/00/00</c>.</summary>
internal static class DateTexts
{
    /// <summary>A range up to so many years is each of its years; a longer one only its ends, as about.</summary>
    public const int RangeYearsMax = 15;

    private static readonly string[] AboutWords = ["circa ", "approximately ", "approx. ", "about ", "ca. ", "c. ", "~"];

    /// <summary>Adds what the text says.</summary>
    /// <returns>False: it is no date, or none that can be.</returns>
    public static bool TryRead(string text, bool about, List<PartialDate> dates)
    {
        string rest = text.Trim();
        foreach (string word in AboutWords)
        {
            if (!rest.StartsWith(word, StringComparison.OrdinalIgnoreCase)) continue;
            rest = rest[word.Length..].TrimStart();
            about = true;
        }
        if (TryReadOne(rest, out var one))
        {
            dates.Add(about && !one.IsAbout ? PartialDate.Of(one.Year, one.Month, one.Day, about: true) : one);
            return true;
        }
        return Ends(rest) is { } ends && TryReadOne(ends.From, out var from) && TryReadOne(ends.To, out var to) && AddRange(from.Year, to.Year, about, dates);
    }

    private static bool AddRange(int from, int to, bool about, List<PartialDate> dates)
    {
        if (to < from) return false;
        if (to - from > RangeYearsMax)
        {
            dates.Add(PartialDate.Of(from, about: true));
            dates.Add(PartialDate.Of(to, about: true));
            return true;
        }
        for (int year = from; year <= to; year++) dates.Add(PartialDate.Of(year, about: about));
        return true;
    }

    private static (string From, string To)? Ends(string text)
    {
        if (text.StartsWith("between ", StringComparison.OrdinalIgnoreCase)) text = text[8..].Replace(" and ", " to ", StringComparison.OrdinalIgnoreCase);
        int at = text.IndexOf(" to ", StringComparison.OrdinalIgnoreCase);
        if (at > 0) return (text[..at].Trim(), text[(at + 4)..].Trim());
        return text is { Length: 9 } && text[4] is '-' or '/' or '–' ? (text[..4], text[5..]) : null;
    }

    private static bool TryReadOne(string text, out PartialDate date)
    {
        if (text.Length > 10 && text[10] is 'T' or ' ' && text[4] == '-') text = text[..10]; // a point in time; the day counts
        return QuestionFields.TryDate(WithoutZeros(text.Replace('/', '-')), out date) || TryReadWords(text, out date);
    }

    // Zero stands for a day or month that is not known.
    private static string WithoutZeros(string text) =>
        text.EndsWith("-00-00", StringComparison.Ordinal) ? text[..^6] : text.EndsWith("-00", StringComparison.Ordinal) ? text[..^3] : text;

    // "12 Aug 1974", "Aug 1974": the Treasury's way.
    private static bool TryReadWords(string text, out PartialDate date)
    {
        date = default;
        string[] forms = ["d MMM yyyy", "MMM yyyy"];
        if (!DateOnly.TryParseExact(text, forms, CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)) return false;
        bool withDay = text.Count(c => c == ' ') == 2;
        date = PartialDate.Of(day.Year, day.Month, withDay ? day.Day : 0);
        return true;
    }

    /// <summary>Year, year and month, or the whole day, as FollowTheMoney writes it.</summary>
    public static string Iso(PartialDate date) => date switch
    {
        { Month: 0 } => date.Year.ToString("D4", CultureInfo.InvariantCulture),
        { Day: 0 } => string.Create(CultureInfo.InvariantCulture, $"{date.Year:D4}-{date.Month:D2}"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{date.Year:D4}-{date.Month:D2}-{date.Day:D2}"),
    };
}
