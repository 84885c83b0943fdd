namespace Amana.Exchange.Post;

/// <summary>How long to wait before a bureau that did not answer is tried again: a sixteenth of the time that it has been away. A break of ten minutes is
/// made good within a minute of its end; a bureau that is away for a month is asked once an hour.</summary>
public static class RetryPace
{
    public static readonly TimeSpan Shortest = TimeSpan.FromSeconds(1), Longest = TimeSpan.FromHours(1);

    /// <summary>After that a person decides. Why 30 days: the longest outage that a bureau should survive without losing mail.</summary>
    public static readonly TimeSpan GiveUpAfter = TimeSpan.FromDays(30);

    private static readonly TimeSpan RequestMost = TimeSpan.FromSeconds(30);
    private const double Share = 1.0 / 16, Spread = 0.25;

    /// <param name="away">Since the first failure in a row.</param>
    /// <param name="chance">0 to 1, even.</param>
    /// <returns>A quarter less to a quarter more than the sixteenth, so that many who wait do not come at once.</returns>
    public static TimeSpan WaitAfter(TimeSpan away, double chance)
    {
        double seconds = Math.Clamp(away.TotalSeconds * Share, Shortest.TotalSeconds, Longest.TotalSeconds / (1 + Spread));
        return TimeSpan.FromSeconds(seconds * (1 - Spread + (2 * Spread * chance)));
    }

    /// <summary>What so many attempts can have taken at most. A clock that is put forward meanwhile makes nobody away for longer.</summary>
    /// <param name="attempts">0 and more; each waits, and then its request takes up to half a minute.</param>
    public static TimeSpan AwayAtMost(int attempts)
    {
        double seconds = 0;
        for (int i = 0; i < attempts && seconds < GiveUpAfter.TotalSeconds; i++) seconds += LongestAfter(seconds) + RequestMost.TotalSeconds;
        return TimeSpan.FromSeconds(seconds);
    }

    /// <summary>The longest wait after so many attempts. What is to wait longer was told so by a clock that has been put back since.</summary>
    public static TimeSpan WaitAtMost(int attempts) => TimeSpan.FromSeconds(LongestAfter(AwayAtMost(attempts).TotalSeconds));

    /// <summary>The longest wait after having been away for so long. Who failed no later than now waits no longer than that; else the clock was put back since.</summary>
    public static TimeSpan WaitAtMostAfter(TimeSpan away) => TimeSpan.FromSeconds(LongestAfter(Math.Max(away.TotalSeconds, 0)));

    private static double LongestAfter(double away) => Math.Min(Longest.TotalSeconds, Math.Max(away * Share, Shortest.TotalSeconds) * (1 + Spread));
}
