using Amana.Server.Data;
using Amana.Server.Foundation;
using Amana.Server.Journal;

namespace Amana.Server.Exchange.Line;

/// <summary>Takes down what was refused to other servers: the first of its kind at once, then once a minute how many more. Whoever sends a million wrong requests does
/// not fill the journal.</summary>
internal sealed class RefusedBook(TimeProvider clock)
{
    private static readonly TimeSpan Each = TimeSpan.FromMinutes(1);
    private const int KindsMost = 2_000;

    private readonly Lock _counting = new();
    private readonly Dictionary<(string From, string Word), (DateTimeOffset Since, int More)> _kinds = [];

    /// <param name="from">The code of the bureau, if it is known who it was; else what it claims is not written: <c>unknown</c>.</param>
    /// <param name="word">Why.</param>
    public async Task AddAsync(string from, string word, AmanaDb db, JournalWriter journal, CancellationToken cancel)
    {
        if (Count(from, word) is not { } before) return;
        db.ChangeTracker.Clear(); // nothing of what was refused is kept
        journal.Record(Actor.Server, "exchange.refused", details: new { from, word, before });
        await db.SaveChangesAsync(cancel);
    }

    /// <returns>How many of the kind were not taken down before this one; null: this one is only counted.</returns>
    private int? Count(string from, string word)
    {
        lock (_counting)
        {
            var now = clock.GetUtcNow();
            if (_kinds.Count >= KindsMost)
            {
                foreach (var old in _kinds.Where(k => now - k.Value.Since >= Each).Select(k => k.Key).ToList()) _kinds.Remove(old);
            }

            if (_kinds.TryGetValue((from, word), out var known) && now - known.Since < Each && now >= known.Since)
            {
                _kinds[(from, word)] = (known.Since, known.More + 1);
                return null;
            }

            _kinds[(from, word)] = (now, 0);
            return known.More;
        }
    }
}
