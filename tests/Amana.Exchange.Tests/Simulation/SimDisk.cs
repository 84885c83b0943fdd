using Amana.Exchange.Envelopes;
using Amana.Exchange.Post;
using Amana.Vocabulary;

namespace Amana.Exchange.Tests.Simulation;

/// <summary>What outlives a crash. Every call may be the last before one, with or without having been done.</summary>
internal class SimDisk(SimNode node) : IPostStore
{
    private const int AtOnce = 4;

    private readonly Dictionary<BureauCode, List<OutgoingLetter>> _queues = [];
    private readonly Dictionary<Guid, byte[]> _envelopes = [];
    private readonly Dictionary<(Guid, BureauCode), Arrival> _arrivals = [];

    /// <summary>Letters in the order in which they were taken.</summary>
    public List<Arrival> Inbox { get; } = [];

    public IEnumerable<OutgoingLetter> All => _queues.Values.SelectMany(q => q);

    public Task<IReadOnlyList<OutgoingLetter>> HeadsAsync(CancellationToken cancel) =>
        Task.FromResult<IReadOnlyList<OutgoingLetter>>([.. _queues.Values.Select(Head).OfType<OutgoingLetter>()]);

    // Fewer than the real one, so that a queue takes several requests.
    public Task<WaitingLetters> NextAsync(BureauCode peer, CancellationToken cancel)
    {
        var waiting = _queues.TryGetValue(peer, out var queue) ? queue.FindAll(l => l.State is DeliveryState.Waiting) : [];
        return Task.FromResult(new WaitingLetters([.. waiting.Take(AtOnce).Select(l => (l, _envelopes[l.Letter]))], waiting.Count <= AtOnce));
    }

    public Task QueueAsync(Guid letter, byte[] envelope, IReadOnlyList<BureauCode> peers, DateTimeOffset now, CancellationToken cancel) => Write(() =>
    {
        _envelopes[letter] = envelope;
        foreach (var peer in peers)
        {
            if (!_queues.TryGetValue(peer, out var queue)) _queues[peer] = queue = [];
            queue.Add(new OutgoingLetter(letter, peer, queue.Count + 1, now, now));
        }
    });

    public Task SaveAsync(IReadOnlyList<OutgoingLetter> letters, CancellationToken cancel) => Write(() =>
    {
        foreach (var letter in letters) _queues[letter.Peer][(int)letter.Number - 1] = letter;
    });

    public Task HurryAsync(BureauCode peer, DateTimeOffset now, CancellationToken cancel)
    {
        if (!_queues.TryGetValue(peer, out var queue) || Head(queue) is not { } head || head.NextAt <= now) return Task.CompletedTask;
        return Write(() => queue[(int)head.Number - 1] = head with { NextAt = now });
    }

    public virtual async Task<Taken> TakeAsync(Letter letter, Arrival arrival, CancellationToken cancel)
    {
        if (_arrivals.TryGetValue((arrival.Letter, arrival.From), out var known)) return known;
        await Write(() =>
        {
            _arrivals[(arrival.Letter, arrival.From)] = arrival;
            Inbox.Add(arrival);
        });
        return arrival;
    }

    protected Task Write(Action what) => node.WriteDiskAsync(what);

    private static OutgoingLetter? Head(List<OutgoingLetter> queue) => queue.Find(l => l.State is DeliveryState.Waiting);
}

/// <summary>The power went.</summary>
internal sealed class CrashException : Exception;
