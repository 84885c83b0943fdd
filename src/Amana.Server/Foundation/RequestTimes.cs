namespace Amana.Server.Foundation;

/// <summary>What kind of request: what the reader waits for differs.</summary>
public enum RequestKind { Pages, Questions, OtherApi }

/// <summary>How fast requests of one kind were answered in the last hour. Milliseconds; null when there was none.</summary>
/// <param name="PerSecond">In the last minute.</param>
public sealed record RequestSpeed(RequestKind Kind, int Count, double PerSecond, double? P50, double? P95, double? P99);

/// <summary>How long the latest requests took: no addresses, no names, kept in memory alone.</summary>
internal sealed class RequestTimes(TimeProvider clock)
{
    /// <summary>Kept of each kind; under heavy load this is less than an hour, and the newest count.</summary>
    private const int Kept = 32_768;
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1), Minute = TimeSpan.FromMinutes(1);

    private readonly Ring[] _rings = [.. Enum.GetValues<RequestKind>().Select(_ => new Ring())];

    public void Add(RequestKind kind, double milliseconds)
    {
        var ring = _rings[(int)kind];
        lock (ring)
        {
            ring.Taken[ring.Next % Kept] = (clock.GetTimestamp(), (float)milliseconds);
            ring.Next++;
        }
    }

    public IReadOnlyList<RequestSpeed> Speeds => [.. Enum.GetValues<RequestKind>().Select(Of)];

    /// <summary>Which kind it was; null for files, sign-ins and what has no route.</summary>
    public static RequestKind? KindOf(HttpContext http) => (http.GetEndpoint() as RouteEndpoint)?.RoutePattern.RawText?.TrimEnd('/') switch
    {
        null => null,
        "/api/v1/screenings" or "/search" or "/match/{dataset}" or "/search/{dataset}" => RequestKind.Questions,
        { } route when route.StartsWith("/api/", StringComparison.Ordinal) => RequestKind.OtherApi,
        _ when ErrorAnswers.IsPage(http) => RequestKind.Pages,
        _ => null,
    };

    private RequestSpeed Of(RequestKind kind)
    {
        var ring = _rings[(int)kind];
        long now = clock.GetTimestamp();
        float[] hour;
        int minute;
        lock (ring)
        {
            var taken = ring.Taken.AsSpan(0, (int)Math.Min(ring.Next, Kept)).ToArray();
            hour = [.. taken.Where(t => clock.GetElapsedTime(t.At, now) <= Hour).Select(t => t.Milliseconds)];
            minute = taken.Count(t => clock.GetElapsedTime(t.At, now) <= Minute);
        }
        Array.Sort(hour);
        return new RequestSpeed(kind, hour.Length, minute / Minute.TotalSeconds, At(0.50), At(0.95), At(0.99));

        double? At(double share) => hour.Length == 0 ? null : Math.Round(hour[Math.Min(hour.Length - 1, (int)Math.Ceiling(share * hour.Length) - 1)], 1);
    }

    private sealed class Ring
    {
        public (long At, float Milliseconds)[] Taken { get; } = new (long, float)[Kept];
        public long Next { get; set; }
    }
}
