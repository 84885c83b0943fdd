using System.Collections.Concurrent;
using Amana.Vocabulary;

namespace Amana.Server.Exchange.Line;

/// <summary>How many requests of one bureau are at work here at once: one that floods us takes no turn of the others.</summary>
internal sealed class CarrierPace
{
    private const int AtOnce = 8;

    private readonly ConcurrentDictionary<BureauCode, int> _working = new();

    /// <returns>To be disposed of when it is done; null when there are too many.</returns>
    public IDisposable? Take(BureauCode bureau)
    {
        if (_working.AddOrUpdate(bureau, 1, (_, n) => n + 1) <= AtOnce) return new Held(this, bureau);
        GiveBack(bureau);
        return null;
    }

    private void GiveBack(BureauCode bureau) => _working.AddOrUpdate(bureau, 0, (_, n) => n - 1);

    private sealed class Held(CarrierPace pace, BureauCode bureau) : IDisposable
    {
        public void Dispose() => pace.GiveBack(bureau);
    }
}
