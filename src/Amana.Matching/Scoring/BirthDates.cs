using System.Globalization;
using Amana.Matching.Fields;

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
        var agreement = DateAgreements.Compare(a, b);
        var (logOdds, score) = WorthOf(agreement);
        var effect = logOdds > 0.6 ? Effect.Supports : logOdds > 0 ? Effect.SupportsALittle : logOdds < 0 ? Effect.SpeaksAgainst : Effect.Silent;
        return new(effect, logOdds, score, agreement.Code, Text(a), Text(b));
    }

    private static (double LogOdds, double Score) WorthOf(DateAgreement agreement) => agreement switch
    {
        DateAgreement.Same => (1, 1),
        DateAgreement.SameMonth => (0.8, 0.9),
        DateAgreement.SameYear => (0.5, 0.8),
        DateAgreement.DayAndMonthSwapped => (0.7, 0.9),
        DateAgreement.About => (0.1, 0.7),
        DateAgreement.OneDigitOff => (-0.4, 0.5),
        DateAgreement.DayDiffers => (-0.5, 0.5),
        DateAgreement.MonthDiffers => (-0.8, 0.4),
        DateAgreement.YearNear => (-1, 0.3),
        DateAgreement.YearDiffers => (-2.2, 0),
        _ => (0, 0.5),
    };

    private static string? Text(IReadOnlyList<PartialDate> dates) => dates.Count == 0 ? null : string.Join(", ", dates.Select(Text));

    private static string Text(PartialDate d) =>
        string.Create(CultureInfo.InvariantCulture, $"{(d.IsAbout ? "~" : "")}{d.Year:D4}{(d.Month > 0 ? $"-{d.Month:D2}" : "")}{(d.Day > 0 ? $"-{d.Day:D2}" : "")}");
}
