using System.Collections.Concurrent;
using Amana.Vocabulary;

namespace Amana.Exchange.Post;

/// <summary>Which bureaus did not answer, and when each is tried again (<see cref="RetryPace"/>). In memory: after a start all are tried.</summary>
public sealed class AwayBook(Func<DateTimeOffset> now, Func<double> chance)
{
    private readonly ConcurrentDictionary<BureauCode, (DateTimeOffset Since, DateTimeOffset FailedAt, DateTimeOffset NextAt)> _away = new();

    /// <summary>Whether it may be tried. Who failed later than now did so by a clock that has been put right since: it waits no longer.</summary>
    public bool IsDue(BureauCode bureau) => !_away.TryGetValue(bureau, out var away) || away.NextAt <= now() || away.FailedAt > now();

    /// <summary>When the first of them is due; null when none is away.</summary>
    public DateTimeOffset? NextAt => _away.Values.Select(a => (DateTimeOffset?)a.NextAt).Min();

    public void Failed(BureauCode bureau)
    {
        var at = now();
        var first = (at, at, at + RetryPace.WaitAfter(TimeSpan.Zero, chance()));
        _away.AddOrUpdate(bureau, first, (_, known) => known.Since > at ? first : (known.Since, at, at + RetryPace.WaitAfter(at - known.Since, chance())));
    }

    /// <summary>It answered, or was heard of.</summary>
    public void Answered(BureauCode bureau) => _away.TryRemove(bureau, out _);
}
