using System.Globalization;

namespace Amana.Matching.Scoring;

/// <summary>Compares birth dates of which parts may be missing, swapped or about.</summary>
internal static class BirthDates
{
    public static FieldVerdict Judge(IReadOnlyList<PartialDate> asked, IReadOnlyList<PartialDate> listed)
    {
        if (asked.Count == 0 || listed.Count == 0)
            return new(Effect.Silent, 0, null, "date.not-given", Text(asked), Text(listed));
        FieldVerdict? best = null;
        foreach (var a in asked)
            foreach (var b in listed)
                if (Judge(a, b) is var verdict && (best is null || verdict.LogOdds > best.Value.LogOdds)) best = verdict;
        return best!.Value;
    }

    private static FieldVerdict Judge(PartialDate a, PartialDate b)
    {
        var (logOdds, score, reason) = Compare(a, b);
        var effect = logOdds > 0.6 ? Effect.Supports : logOdds > 0 ? Effect.SupportsALittle : logOdds < 0 ? Effect.SpeaksAgainst : Effect.Silent;
        return new(effect, logOdds, score, reason, Text(a), Text(b));
    }

    private static (double LogOdds, double Score, string Reason) Compare(PartialDate a, PartialDate b)
    {
        int years = Math.Abs(a.Year - b.Year);
        bool whole = a.Day > 0 && b.Day > 0;
        if (years == 0)
        {
            if (a.Month == 0 || b.Month == 0) return (0.5, 0.8, "date.same-year");
            if (a.Month == b.Month) return !whole ? (0.8, 0.9, "date.same-month") : a.Day == b.Day ? (1.0, 1, "date.same") : (-0.3, 0.6, "date.day-differs");
            if (whole && a.Month == b.Day && a.Day == b.Month) return (0.7, 0.9, "date.day-and-month-swapped");
            return (-0.8, 0.4, "date.month-differs");
        }
        if (years == 1 && (a.IsAbout || b.IsAbout)) return (0.2, 0.7, "date.about");
        if (years <= 2 && (a.IsAbout || b.IsAbout)) return (-0.3, 0.5, "date.about");
        if (whole && a.Month == b.Month && a.Day == b.Day && DigitsDiffer(a.Year, b.Year) == 1) return (-0.5, 0.5, "date.one-digit-of-year-differs");
        return years == 1 ? (-1.0, 0.3, "date.year-differs") : (-2.2, 0, "date.year-differs");
    }

    private static int DigitsDiffer(int a, int b)
    {
        int count = 0;
        for (; a > 0 || b > 0; a /= 10, b /= 10)
            if (a % 10 != b % 10) count++;
        return count;
    }

    private static string? Text(IReadOnlyList<PartialDate> dates) => dates.Count == 0 ? null : string.Join(", ", dates.Select(Text));

    private static string Text(PartialDate d) =>
        string.Create(CultureInfo.InvariantCulture, $"{(d.IsAbout ? "~" : "")}{d.Year:D4}{(d.Month > 0 ? $"-{d.Month:D2}" : "")}{(d.Day > 0 ? $"-{d.Day:D2}" : "")}");
}
