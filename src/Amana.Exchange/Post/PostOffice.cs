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
    /// <summary>What goes in one request: a line that is cut loses little.</summary>
    public const int LettersMost = 64, BytesMost = 256 * 1024;

    private enum Queue
    {
        AtWork,
        /// <summary>At work, and something came since it last looked.</summary>
        Rung,
    }

    // Volatile on purpose: after a crash whatever was on the way is sent again.
    private readonly ConcurrentDictionary<BureauCode, Queue> _busy = new();

    /// <summary>Begins to send to every bureau for which something is due.</summary>
    /// <returns>One task for each, which ends when its queue is empty or it does not answer; none throws but for <see cref="IOException"/> of the own disk.</returns>
    public async Task<IReadOnlyList<Task>> SendDueAsync(CancellationToken cancel)
    {
        var at = now();
        return SendTo((await store.HeadsAsync(cancel)).Where(h => h.IsDue(at)).Select(h => h.Peer), cancel);
    }

    /// <summary>The same for bureaus to which something was queued just now.</summary>
    public IReadOnlyList<Task> SendTo(IEnumerable<BureauCode> peers, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(peers);
        return [.. peers.Where(p => _busy.AddOrUpdate(p, Queue.AtWork, (_, _) => Queue.Rung) is Queue.AtWork).Select(p => SendQueueAsync(p, cancel))];
    }

    /// <summary>When something is due next; null when nothing waits.</summary>
    public async Task<DateTimeOffset?> NextAtAsync(CancellationToken cancel)
    {
        var heads = await store.HeadsAsync(cancel);
        return heads.Where(h => !_busy.ContainsKey(h.Peer)).Select(h => (DateTimeOffset?)h.NextAt).Min();
    }

    /// <summary>Envelopes from outside, in one request.</summary>
    /// <param name="admits">Whether this one may come with this letter: null, or the word for why not. What is known already is answered before. Null: all.</param>
    /// <returns>Our receipts, the same each time, of those that are taken: the first few, at most <see cref="LettersMost"/>. When the first is not: one answer, the word for why
    /// it is refused. Why a later one is not taken is said when it comes as the first.</returns>
    /// <exception cref="IOException">The disk refuses the first: the sender comes again.</exception>
    public async Task<IReadOnlyList<LineAnswer>> ReceiveAsync(IReadOnlyList<byte[]> envelopes, Func<Letter, string?>? admits, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(envelopes);
        var answers = new List<LineAnswer>();
        var from = new HashSet<BureauCode>();
        foreach (byte[] envelope in envelopes.Take(LettersMost))
        {
            try
            {
                var answer = await ReceiveAsync(envelope, admits, from, cancel);
                if (answer.Receipt is null && answers.Count > 0) break;
                answers.Add(answer);
                if (answer.Receipt is null) break;
            }
            catch (IOException) when (answers.Count > 0)
            {
                break; // those before it are stored
            }
        }

        foreach (var peer in from) await HearOfAsync(peer, cancel);
        return answers;
    }

    private async Task<LineAnswer> ReceiveAsync(byte[] envelope, Func<Letter, string?>? admits, HashSet<BureauCode> heard, CancellationToken cancel)
    {
        var (letter, signed, refusal) = seal.Open(envelope);
        if (letter is null) return new(null, refusal ?? "unreadable");
        if (letter.From == self) return new(null, "address");
        if (admits?.Invoke(letter) is { } shut) return new(null, shut);
        var at = now();
        var taken = await store.TakeAsync(letter, new Arrival(letter.Id, letter.From, at, signed, seal.SignReceipt(letter.Id, letter.From, at)), cancel);
        if (taken.Arrival is not { } known) return new(null, taken.Refusal ?? "unreadable");
        // One id for two letters is a fault of the sender, or worse: the first one stands.
        if (known.SignedForm != signed) return new(null, "another-letter");
        heard.Add(letter.From);
        return new(known.Receipt, null);
    }

    /// <summary>A bureau was heard of, so what waits for it need not wait longer.</summary>
    public Task HearOfAsync(BureauCode peer, CancellationToken cancel) => store.HurryAsync(peer, now(), cancel);

    private async Task SendQueueAsync(BureauCode peer, CancellationToken cancel)
    {
        bool isLeft = false;
        try
        {
            while (!isLeft)
            {
                _busy[peer] = Queue.AtWork;
                if (await SendNextAsync(peer, cancel) is not { } isEmpty) return;
                // Whoever queues something saves it first and rings then: a queue that was not rung since it looked has nothing more.
                isLeft = isEmpty && _busy.TryRemove(new(peer, Queue.AtWork));
            }
        }
        finally
        {
            if (!isLeft) _busy.TryRemove(peer, out _);
        }
    }

    /// <returns>Whether the queue is empty after that; null when nothing is due or the bureau does not answer.</returns>
    private async Task<bool?> SendNextAsync(BureauCode peer, CancellationToken cancel)
    {
        var (waiting, isAll) = await store.NextAsync(peer, cancel);
        if (waiting.Count == 0) return true;
        var at = now();
        var due = waiting.TakeWhile(w => w.Letter.IsDue(at)).ToList();
        if (due.Count == 0) return null;
        if (due[0].Letter.FailedSince is not null) due = due[..1]; // the first after a fault feels its way alone
        var answers = await line.DeliverAsync(peer, [.. due.Select(d => d.Envelope)], cancel);
        var next = due.Zip(answers, (d, answer) => After(d.Letter, answer)).ToList();
        int first = next.FindIndex(n => n.State is not DeliveryState.Delivered);
        if (first >= 0) next = next[..(first + 1)]; // what comes after it is not delivered before it
        await store.SaveAsync(next, cancel);
        return next[^1].State is DeliveryState.Waiting ? null : isAll && next.Count == waiting.Count;
    }

    private OutgoingLetter After(OutgoingLetter sent, LineAnswer answer)
    {
        if (answer.Refusal is { } refusal) return sent.Refused(refusal);
        if (answer.Receipt is null) return sent.Failed(now(), answer.Fault.Length > 0 ? answer.Fault : "away", chance());
        // A receipt that is not one is no answer: somebody on the way, or a fault there; the letter stays ours to deliver.
        return seal.IsReceipt(answer.Receipt, sent.Letter, sent.Peer) ? sent.Delivered(answer.Receipt) : sent.Failed(now(), "receipt", chance());
    }
}
