namespace Amana.Matching.Fields;

/// <summary>How two birth dates agree, from the same to another year.</summary>
public enum DateAgreement : byte
{
    /// <summary>One side has no date.</summary>
    NotGiven,
    Same,
    /// <summary>Same in the parts that both have: one side lacks the day.</summary>
    SameMonth,
    /// <summary>Same in the parts that both have: one side lacks month and day.</summary>
    SameYear,
    /// <summary>About, and within two years.</summary>
    About,
    /// <summary>12 August written for 8 December.</summary>
    DayAndMonthSwapped,
    /// <summary>One digit of day, month or year was read or typed wrong.</summary>
    OneDigitOff,
    DayDiffers,
    MonthDiffers,
    /// <summary>The year before or after.</summary>
    YearNear,
    YearDiffers,
}

/// <summary>Compares dates of which parts may be missing.</summary>
public static class DateAgreements
{
    extension(DateAgreement agreement)
    {
        /// <summary>The stable code that evidence carries, such as <c>date.year-differs</c>.</summary>
        public string Code => agreement switch
        {
            DateAgreement.NotGiven => "date.not-given",
            DateAgreement.Same => "date.same",
            DateAgreement.SameMonth => "date.same-month",
            DateAgreement.SameYear => "date.same-year",
            DateAgreement.About => "date.about",
            DateAgreement.DayAndMonthSwapped => "date.day-and-month-swapped",
            DateAgreement.OneDigitOff => "date.one-digit-off",
            DateAgreement.DayDiffers => "date.day-differs",
            DateAgreement.MonthDiffers => "date.month-differs",
            DateAgreement.YearNear => "date.year-near",
            DateAgreement.YearDiffers => "date.year-differs",
            _ => throw new ArgumentOutOfRangeException(nameof(agreement)),
        };
    }

    /// <summary>Symmetric.</summary>
    public static DateAgreement Compare(PartialDate a, PartialDate b)
    {
        if (a.Year == 0 || b.Year == 0) return DateAgreement.NotGiven;
        int years = Math.Abs(a.Year - b.Year);
        bool about = a.IsAbout || b.IsAbout;
        if (years == 0 && (a.Month == 0 || b.Month == 0)) return DateAgreement.SameYear;
        if (years == 0 && a.Month == b.Month && (a.Day == 0 || b.Day == 0)) return DateAgreement.SameMonth;
        if (years == 0 && a.Month == b.Month && a.Day == b.Day) return DateAgreement.Same;
        bool whole = a.Day > 0 && b.Day > 0;
        if (whole && years == 0 && a.Month == b.Day && a.Day == b.Month) return DateAgreement.DayAndMonthSwapped;
        if (about && years <= 2) return DateAgreement.About;
        if (whole && DigitsDiffer(Digits(a), Digits(b)) == 1) return DateAgreement.OneDigitOff;
        if (years == 0) return a.Month == b.Month ? DateAgreement.DayDiffers : DateAgreement.MonthDiffers;
        return years == 1 ? DateAgreement.YearNear : DateAgreement.YearDiffers;
    }

    private static int Digits(PartialDate d) => (d.Year * 10_000) + (d.Month * 100) + d.Day;

    private static int DigitsDiffer(int a, int b)
    {
        int count = 0;
        for (; a > 0 || b > 0; (a, b) = (a / 10, b / 10))
            if (a % 10 != b % 10) count++;
        return count;
    }
}
