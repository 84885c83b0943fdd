using System.Collections.Concurrent;
using Amana.Vocabulary;

namespace Amana.Server.Exchange.Post;

/// <summary>When bureaus were last reached and heard of, as it was written: once a minute is enough for people, and spares a write at each letter.</summary>
internal abstract class MinuteBook
{
    private static readonly TimeSpan Each = TimeSpan.FromMinutes(1);

    private readonly ConcurrentDictionary<BureauCode, DateTimeOffset> _written = new();

    /// <returns>Whether it is to be written now; then it counts as written.</returns>
    public bool IsNews(BureauCode bureau, DateTimeOffset now)
    {
        // Also when the clock was set back.
        if (_written.TryGetValue(bureau, out var last) && now - last < Each && now >= last) return false;
        _written[bureau] = now;
        return true;
    }
}

/// <summary>Bureaus that signed for a letter of ours.</summary>
internal sealed class ReachedBook : MinuteBook;

/// <summary>Bureaus that sent us something.</summary>
internal sealed class HeardBook : MinuteBook;
