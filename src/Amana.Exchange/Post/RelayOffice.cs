using System.Collections.Concurrent;
using Amana.Vocabulary;

namespace Amana.Exchange.Post;

/// <summary>Passes envelopes on to bureaus that others do not reach, and holds them while those are away.</summary>
/// <remarks>The sender keeps the letter until it has the recipient's receipt, and brings one letter to a bureau at a time; so a relay that loses all it holds loses nothing, and the order
/// is the sender's. Whenever a sender comes, its envelope is shown at once, however long the relay itself would wait: two waits, one after the other, would double the time
/// until all is delivered after a break. Clock, chance, disk and line are given: <c>tests/Amana.Exchange.Tests/Simulation</c> plays with all of them.</remarks>
public sealed class RelayOffice(IRelayStore store, IPostLine line, AwayBook away)
{
    private readonly ConcurrentDictionary<BureauCode, byte> _busy = new();

    /// <returns>The recipient's receipt or refusal; else that it waits here, or that too much does.</returns>
    /// <exception cref="IOException">The disk refuses: the sender comes again.</exception>
    public async Task<LineAnswer> PassOnAsync(BureauCode from, BureauCode to, byte[] envelope, CancellationToken cancel)
    {
        away.Answered(from); // it is there: what waits here for it goes with the next round
        if (await store.HoldAsync(from, to, envelope, cancel) is not { } held) return LineAnswer.Later(Full);
        var answer = held.Answer ?? await ShowAsync(held, cancel);
        return IsFinal(answer) ? answer : LineAnswer.Later(Waits);
    }

    /// <summary>The word for: it is held and the recipient is away.</summary>
    public const string Waits = "at-relay";

    /// <summary>The word for: too much is held for that bureau.</summary>
    public const string Full = "relay-full";

    /// <summary>Begins to bring what waits, to each bureau that is due on its own, so that one that does not answer slows no other.</summary>
    /// <returns>One task for each, which ends when nothing waits for it or it does not answer.</returns>
    public async Task<IReadOnlyList<Task>> BringDueAsync(CancellationToken cancel)
    {
        var recipients = await store.RecipientsAsync(cancel);
        return [.. recipients.Where(r => away.IsDue(r) && _busy.TryAdd(r, 0)).Select(r => EmptyAsync(r, cancel))];
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
