namespace Amana.Exchange.Post;

/// <summary>How long to wait before a bureau that did not answer is tried again: a sixteenth of the time that it has been away. A break of ten minutes is
/// made good within a minute of its end; a bureau that is away for a month is asked once an hour.</summary>
public static class RetryPace
{
    public static readonly TimeSpan Shortest = TimeSpan.FromSeconds(1), Longest = TimeSpan.FromHours(1);

    /// <summary>After that a person decides. Why 30 days: the longest outage that a bureau should survive without losing mail.</summary>
    public static readonly TimeSpan GiveUpAfter = TimeSpan.FromDays(30);

    private const double Share = 1.0 / 16, Spread = 0.25;

    /// <param name="away">Since the first failure in a row.</param>
    /// <param name="chance">0 to 1, even.</param>
    /// <returns>A quarter less to a quarter more than the sixteenth, so that many who wait do not come at once.</returns>
    public static TimeSpan WaitAfter(TimeSpan away, double chance)
    {
        double seconds = Math.Clamp(away.TotalSeconds * Share, Shortest.TotalSeconds, Longest.TotalSeconds / (1 + Spread));
        return TimeSpan.FromSeconds(seconds * (1 - Spread + (2 * Spread * chance)));
    }
}
