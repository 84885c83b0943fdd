namespace Amana.Server.Screening;

/// <summary>What may be curiosity and not duty. Each is a reason to look, never a finding against anybody.</summary>
public enum AskingSign
{
    /// <summary>A name like the asker's own.</summary>
    OwnName,
    /// <summary>A name like a colleague's.</summary>
    Colleague,
    /// <summary>At an hour of the day at which this person hardly ever asks.</summary>
    OddHour,
    /// <summary>On a day with far more questions than this person's usual.</summary>
    FarAboveUsual,
    /// <summary>A name like that of a famous person, of the list that compliance brought.</summary>
    FamousPerson,
    /// <summary>The same person was asked about by many, each by themselves.</summary>
    AskedByMany,
}

/// <summary>The signs, as rules over times and counts. No database, no names: those are compared before.</summary>
internal static class AskingPattern
{
    /// <summary>An hour is odd when it holds less than this share of somebody's earlier questions.</summary>
    public const double OddHourShare = 0.02;
    /// <summary>Earlier questions needed before any hour can be odd.</summary>
    public const int HoursKnownFrom = 50;
    /// <summary>A day is far above the usual with this many times the median day before, and at least <see cref="FarAboveLeast"/>.</summary>
    public const int FarAboveTimes = 3;
    public const int FarAboveLeast = 30;
    /// <summary>Different people who asked the same.</summary>
    public const int ManyPeople = 4;

    /// <summary>Hours of the day (UTC, 0 to 23) at which <paramref name="earlier"/> hardly has a question; none while there are too few.</summary>
    public static IReadOnlySet<int> OddHours(IReadOnlyCollection<DateTimeOffset> earlier)
    {
        ArgumentNullException.ThrowIfNull(earlier);
        if (earlier.Count < HoursKnownFrom) return new HashSet<int>();
        var counts = earlier.CountBy(t => t.UtcDateTime.Hour).ToDictionary();
        return Enumerable.Range(0, 24).Where(h => counts.GetValueOrDefault(h) < earlier.Count * OddHourShare).ToHashSet();
    }

    /// <summary>Days of <paramref name="now"/> with far more questions than the median of the days on which there were any before.</summary>
    public static IReadOnlyDictionary<DateOnly, int> DaysFarAbove(IEnumerable<DateTimeOffset> earlier, IEnumerable<DateTimeOffset> now)
    {
        int[] usual = [.. earlier.CountBy(DayOf).Select(d => d.Value).Order()];
        double median = usual.Length == 0 ? 0 : (usual[(usual.Length - 1) / 2] + usual[usual.Length / 2]) / 2.0;
        return now.CountBy(DayOf).Where(d => d.Value >= FarAboveLeast && d.Value >= FarAboveTimes * median && usual.Length > 0).ToDictionary();
    }

    public static DateOnly DayOf(DateTimeOffset at) => DateOnly.FromDateTime(at.UtcDateTime);
}
