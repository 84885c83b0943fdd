using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace Amana.Server.Access;

/// <summary>Slows guessing without locking anybody out: after three misses the same account from the same network waits,
/// twice as long each time and five minutes at most; other networks do not wait with it. A network that misses on many
/// accounts waits as well. Kept in memory: a restart forgets it.</summary>
internal sealed class SignInDelays(TimeProvider clock)
{
    private const int FreeMisses = 3;
    private const int FreeMissesOfNetwork = 60;
    private const int Most = 50_000;
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan Forgotten = TimeSpan.FromHours(1);

    private readonly ConcurrentDictionary<string, Misses> _misses = new(StringComparer.Ordinal);

    private sealed record Misses(int Count, DateTimeOffset Last);

    /// <summary>How long this account from this network has to wait; zero when it may try.</summary>
    public TimeSpan WaitOf(string account, string network)
    {
        var one = Left(Key(account, network), FreeMisses);
        var all = Left(network, FreeMissesOfNetwork);
        return one > all ? one : all;
    }

    public void Missed(string account, string network)
    {
        if (_misses.Count >= Most) ForgetOld();
        Add(Key(account, network));
        Add(network);
    }

    public void Succeeded(string account, string network) => _misses.TryRemove(Key(account, network), out _);

    /// <summary>The network of an address: a home or an office, not one machine. /24, or /64 of IPv6.</summary>
    public static string NetworkOf(IPAddress? address)
    {
        if (address is null) return "unknown";
        if (address.IsIPv4MappedToIPv6) address = address.MapToIPv4();
        byte[] bytes = address.GetAddressBytes();
        int kept = address.AddressFamily is AddressFamily.InterNetwork ? 3 : 8;
        return Convert.ToHexString(bytes.AsSpan(0, Math.Min(kept, bytes.Length)));
    }

    private static string Key(string account, string network) => $"{account.Trim().ToUpperInvariant()}\n{network}";

    private TimeSpan Left(string key, int free)
    {
        if (!_misses.TryGetValue(key, out var misses) || misses.Count < free) return TimeSpan.Zero;
        var wait = TimeSpan.FromSeconds(Math.Min(Longest.TotalSeconds, Math.Pow(2, Math.Min(misses.Count - free, 10))));
        var left = misses.Last + wait - clock.GetUtcNow();
        return left > TimeSpan.Zero && left <= wait ? left : TimeSpan.Zero; // a clock set back must not lengthen it
    }

    private void Add(string key)
    {
        var now = clock.GetUtcNow();
        _misses.AddOrUpdate(key, new Misses(1, now), (_, old) => new Misses(now - old.Last > Forgotten ? 1 : old.Count + 1, now));
    }

    private void ForgetOld()
    {
        var before = clock.GetUtcNow() - Forgotten;
        foreach (var (key, misses) in _misses.OrderBy(m => m.Value.Last))
        {
            if (misses.Last > before && _misses.Count < Most * 9 / 10) return;
            _misses.TryRemove(key, out _);
        }
    }
}
