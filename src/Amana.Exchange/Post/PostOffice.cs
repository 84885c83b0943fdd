using System.Collections.Concurrent;
using Amana.Exchange.Envelopes;
using Amana.Vocabulary;

namespace Amana.Exchange.Post;

/// <summary>Sends what waits and takes what comes, so that each letter is in the other bureau's inbox exactly once, in the order in which it was queued.</summary>
/// <remarks>How: a letter stays in its queue until the other bureau's signed receipt is stored here; the other bureau knows a letter by its id and answers the same
/// receipt again. So a letter may travel twice and is taken once. To one bureau there is one letter on the way at a time, which keeps the order; a bureau
/// that is away holds up its own queue and no other. Clock, chance, disk, line and secrets are given: <c>tests/Amana.Exchange.Tests/Simulation</c> plays with all of them.</remarks>
public sealed class PostOffice(BureauCode self, IPostStore store, IPostLine line, IPostSeal seal, Func<DateTimeOffset> now, Func<double> chance)
{
    // Volatile on purpose: after a crash whatever was on the way is sent again.
    private readonly ConcurrentDictionary<BureauCode, byte> _busy = new();

    /// <summary>Begins to send to every bureau for which something is due.</summary>
    /// <returns>One task for each, which ends when its queue is empty or it does not answer; none throws but for <see cref="IOException"/> of the own disk.</returns>
    public async Task<IReadOnlyList<Task>> SendDueAsync(CancellationToken cancel)
    {
        var at = now();
        var heads = await store.HeadsAsync(cancel);
        return [.. heads.Where(h => h.IsDue(at) && _busy.TryAdd(h.Peer, 0)).Select(h => SendQueueAsync(h.Peer, cancel))];
    }

    /// <summary>When something is due next; null when nothing waits.</summary>
    public async Task<DateTimeOffset?> NextAtAsync(CancellationToken cancel)
    {
        var heads = await store.HeadsAsync(cancel);
        return heads.Where(h => !_busy.ContainsKey(h.Peer)).Select(h => (DateTimeOffset?)h.NextAt).Min();
    }

    /// <summary>An envelope from outside.</summary>
    /// <param name="admits">Whether this one may come with this letter: null, or the word for why not. What is known already is answered before. Null: all.</param>
    /// <returns>Our receipt, the same each time; or the word for why it is refused.</returns>
    /// <exception cref="IOException">The disk refuses: the sender comes again.</exception>
    public async Task<LineAnswer> ReceiveAsync(byte[] envelope, Func<Letter, string?>? admits, CancellationToken cancel)
    {
        var (letter, signed, refusal) = seal.Open(envelope);
        if (letter is null) return new(null, refusal ?? "unreadable");
        if (letter.From == self) return new(null, "address");
        if (admits?.Invoke(letter) is { } shut) return new(null, shut);
        var known = await store.FindArrivalAsync(letter.Id, letter.From, cancel);
        if (known is null)
        {
            var at = now();
            var taken = await store.TakeAsync(letter, new Arrival(letter.Id, letter.From, at, signed, seal.SignReceipt(letter.Id, letter.From, at)), cancel);
            if (taken.Arrival is null) return new(null, taken.Refusal ?? "unreadable");
            known = taken.Arrival;
        }

        // One id for two letters is a fault of the sender, or worse: the first one stands.
        if (known.SignedForm != signed) return new(null, "another-letter");
        await HearOfAsync(letter.From, cancel);
        return new(known.Receipt, null);
    }

    /// <summary>A bureau was heard of, so what waits for it need not wait longer.</summary>
    public Task HearOfAsync(BureauCode peer, CancellationToken cancel) => store.HurryAsync(peer, now(), cancel);

    private async Task SendQueueAsync(BureauCode peer, CancellationToken cancel)
    {
        // Looked at once more after the end: what was queued between the last look and the end found the queue at work and began no other.
        do
        {
            if (!await EmptyQueueAsync(peer, cancel)) return;
        }
        while (await store.HeadAsync(peer, cancel) is { } late && late.IsDue(now()) && _busy.TryAdd(peer, 0));
    }

    /// <returns>Whether nothing that is due is left; false when the bureau does not answer.</returns>
    private async Task<bool> EmptyQueueAsync(BureauCode peer, CancellationToken cancel)
    {
        try
        {
            while (await store.HeadAsync(peer, cancel) is { } head && head.IsDue(now()))
            {
                var answer = await line.DeliverAsync(peer, await store.EnvelopeAsync(head.Letter, cancel), cancel);
                var next = After(head, answer);
                await store.SaveAsync(next, cancel);
                if (next.State is DeliveryState.Waiting) return false;
            }

            return true;
        }
        finally
        {
            _busy.TryRemove(peer, out _);
        }
    }

    private OutgoingLetter After(OutgoingLetter sent, LineAnswer answer)
    {
        if (answer.Refusal is { } refusal) return sent.Refused(refusal);
        if (answer.Receipt is null) return sent.Failed(now(), answer.Fault.Length > 0 ? answer.Fault : "away", chance());
        // A receipt that is not one is no answer: somebody on the way, or a fault there; the letter stays ours to deliver.
        return seal.IsReceipt(answer.Receipt, sent.Letter, sent.Peer) ? sent.Delivered(answer.Receipt) : sent.Failed(now(), "receipt", chance());
    }
}
