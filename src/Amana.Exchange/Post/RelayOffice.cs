using System.Collections.Concurrent;
using Amana.Vocabulary;

namespace Amana.Exchange.Post;

/// <summary>Passes envelopes on to bureaus that others do not reach, and holds them while those are away.</summary>
/// <remarks>The sender keeps the letter until it has the recipient's receipt, and brings one letter to a bureau at a time; so a relay that loses all it holds loses nothing, and the order
/// is the sender's. Whenever a sender comes, its envelope is shown at once, however long the relay itself would wait: two waits, one after the other, would double the time
/// until all is delivered after a break. A sender has few places at a relay, so a recipient that takes a connection and never answers must not keep one: the sender hears soon
/// that the envelope is held, and what was shown is waited for in the background. Clock, chance, disk and line are given: <c>tests/Amana.Exchange.Tests/Simulation</c> plays with all of them.</remarks>
/// <param name="patience">Ends when a sender has waited long enough: a second or so.</param>
/// <param name="life">Of the server: what is shown goes on when the sender that brought it has its answer.</param>
public sealed class RelayOffice(IRelayStore store, IPostLine line, AwayBook away, Func<CancellationToken, Task> patience, CancellationToken life)
{
    /// <summary>To one recipient so many envelopes are waited for in the background at a time; what comes beyond is only held.</summary>
    public const int LeftMost = 4;

    private readonly ConcurrentDictionary<BureauCode, byte> _busy = new();
    private readonly ConcurrentDictionary<BureauCode, int> _leftTo = new();
    private readonly ConcurrentQueue<Task> _left = new();

    /// <returns>The recipient's receipt or refusal if it answers soon; else that it waits here, or that too much does.</returns>
    /// <exception cref="IOException">The disk refuses: the sender comes again.</exception>
    public async Task<LineAnswer> PassOnAsync(BureauCode from, BureauCode to, byte[] envelope, CancellationToken cancel)
    {
        away.Answered(from); // it is there: what waits here for it goes with the next round
        if (await store.HoldAsync(from, to, envelope, cancel) is not { } held) return LineAnswer.Later(Full);
        if (held.Answer is { } known) return known;
        if (_leftTo.GetValueOrDefault(to) >= LeftMost) return LineAnswer.Later(Waits);
        using var enough = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        var showing = ShowAsync(held, life);
        if (await Task.WhenAny(showing, patience(enough.Token)) != showing)
        {
            _leftTo.AddOrUpdate(to, 1, (_, count) => count + 1);
            _left.Enqueue(EndAsync(to, showing));
            return LineAnswer.Later(Waits);
        }

        await enough.CancelAsync();
        var answer = await showing;
        return IsFinal(answer) ? answer : LineAnswer.Later(Waits);
    }

    // The answer is noted by what shows: whoever brings the envelope again gets it.
    private async Task EndAsync(BureauCode to, Task showing)
    {
        try
        {
            await showing;
        }
        finally
        {
            _leftTo.AddOrUpdate(to, 0, (_, count) => count - 1);
        }
    }

    /// <summary>The word for: it is held and the recipient is away.</summary>
    public const string Waits = "at-relay";

    /// <summary>The word for: too much is held for that bureau.</summary>
    public const string Full = "relay-full";

    /// <summary>Begins to bring what waits, to each bureau that is due on its own, so that one that does not answer slows no other.</summary>
    /// <returns>One task for each, which ends when nothing waits for it or it does not answer; and those that still wait for what a sender brought.</returns>
    public async Task<IReadOnlyList<Task>> BringDueAsync(CancellationToken cancel)
    {
        var recipients = await store.RecipientsAsync(cancel);
        var queues = recipients.Where(r => away.IsDue(r) && _busy.TryAdd(r, 0)).Select(r => EmptyAsync(r, cancel)).ToList();
        while (_left.TryDequeue(out var left)) queues.Add(left);
        return queues;
    }

    private async Task EmptyAsync(BureauCode to, CancellationToken cancel)
    {
        try
        {
            while (await store.HeadAsync(to, cancel) is { } head && IsFinal(await ShowAsync(head, cancel)))
            {
                // and the next
            }
        }
        finally
        {
            _busy.TryRemove(to, out _);
        }
    }

    private async Task<LineAnswer> ShowAsync(HeldEnvelope held, CancellationToken cancel)
    {
        var answer = (await line.DeliverAsync(held.To, [held.Envelope!], cancel))[0];
        if (!IsFinal(answer))
        {
            away.Failed(held.To);
            return answer;
        }

        away.Answered(held.To);
        await store.DoneAsync(held.Hash, answer, cancel);
        return answer;
    }

    private static bool IsFinal(LineAnswer answer) => answer.Receipt is not null || answer.Refusal is not null;
}
