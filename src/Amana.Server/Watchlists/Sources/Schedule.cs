using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace Amana.Server.Watchlists;

/// <summary>When a source is asked again: <c>every 2h</c> (1 to 168 hours) or <c>daily 04:30</c> (UTC).</summary>
internal sealed record Schedule : IParsable<Schedule>
{
    private Schedule(int everyHours, TimeOnly at) => (EveryHours, At) = (everyHours, at);

    /// <summary>0 for a daily schedule.</summary>
    public int EveryHours { get; }
    /// <summary>UTC; for a daily schedule.</summary>
    public TimeOnly At { get; }

    public const int HoursMax = 168;

    public DateTimeOffset NextAfter(DateTimeOffset now)
    {
        if (EveryHours > 0) return now.AddHours(EveryHours);
        var today = new DateTimeOffset(now.UtcDateTime.Date, TimeSpan.Zero) + At.ToTimeSpan();
        return today > now ? today : today.AddDays(1);
    }

    public static Schedule Parse(string s, IFormatProvider? provider) =>
        TryParse(s, provider, out var schedule) ? schedule : throw new FormatException($"'{s}' is no schedule.");

    public static bool TryParse([NotNullWhen(true)] string? s, IFormatProvider? provider, [MaybeNullWhen(false)] out Schedule result)
    {
        result = null;
        if (s?.Trim().Split(' ', StringSplitOptions.RemoveEmptyEntries) is not [var how, var when]) return false;
        if (how == "every" && when.EndsWith('h') && int.TryParse(when.AsSpan(0, when.Length - 1), NumberStyles.None, CultureInfo.InvariantCulture, out int hours)
            && hours is > 0 and <= HoursMax)
        {
            result = new Schedule(hours, default);
        }
        else if (how == "daily" && TimeOnly.TryParseExact(when, "HH:mm", CultureInfo.InvariantCulture, DateTimeStyles.None, out var at))
        {
            result = new Schedule(0, at);
        }
        return result is not null;
    }

    public override string ToString() => EveryHours > 0
        ? string.Create(CultureInfo.InvariantCulture, $"every {EveryHours}h")
        : string.Create(CultureInfo.InvariantCulture, $"daily {At:HH\\:mm}");
}
