using System.Collections.Concurrent;
using Amana.Exchange.Requests;

namespace Amana.Server.Exchange.Line;

/// <summary>Which requests were seen in the last minutes: each is good once.</summary>
/// <remarks>In memory: a request that was seen before a restart and comes again after it is a letter that is known, or a question that is counted again; neither does harm.</remarks>
internal sealed class NonceBook(TimeProvider clock)
{
    /// <summary>As long as any signature could still be good.</summary>
    private static readonly TimeSpan Kept = 2 * RequestProof.Drift;
    private const int LookEvery = 4096;

    private readonly ConcurrentDictionary<(string Key, string Nonce), long> _seen = new();
    private int _added;

    /// <returns>Whether it was not seen before.</returns>
    public bool IsNew(RequestProof proof)
    {
        ArgumentNullException.ThrowIfNull(proof);
        long now = clock.GetUtcNow().ToUnixTimeSeconds();
        if (!_seen.TryAdd((proof.KeyId, proof.Nonce), now)) return false;
        if (Interlocked.Increment(ref _added) % LookEvery == 0)
        {
            foreach (var (once, at) in _seen)
            {
                if (now - at > (long)Kept.TotalSeconds) _seen.TryRemove(once, out _);
            }
        }

        return true;
    }
}
