namespace Amana.Matching;

/// <summary>A birth date of which parts may be missing: 1974, Aug 1974, 12 Aug 1974, or about 1974.</summary>
/// <remarks>Proleptic Gregorian; year 1 to 9999. <c>default</c> is no date and is never compared.</remarks>
public readonly partial record struct PartialDate
{
    public int Year { get; private init; }
    /// <summary>1 to 12, or 0 when not known.</summary>
    public int Month { get; private init; }
    /// <summary>1 to 31, or 0 when not known.</summary>
    public int Day { get; private init; }
    /// <summary>The source says about: a year either side is no conflict.</summary>
    public bool IsAbout { get; private init; }

    public static PartialDate Of(int year, int month = 0, int day = 0, bool about = false) =>
        IsReal(year, month, day)
            ? new PartialDate { Year = year, Month = month, Day = day, IsAbout = about }
            : throw new ArgumentOutOfRangeException(nameof(year), "No such date.");

    private static bool IsReal(int year, int month, int day) =>
        year is >= 1 and <= 9999 && month is >= 0 and <= 12 && day >= 0
        && (day == 0 || (month > 0 && day <= DateTime.DaysInMonth(year, month)));
}
