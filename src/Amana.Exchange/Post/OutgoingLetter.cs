using Amana.Vocabulary;

namespace Amana.Exchange.Post;

/// <summary>Where a letter to one bureau is.</summary>
public enum DeliveryState
{
    /// <summary>To be sent, or sent and not acknowledged.</summary>
    Waiting,
    /// <summary>The other bureau has stored it and signed for it.</summary>
    Delivered,
    /// <summary>The other bureau refuses it for good; a person looks at it.</summary>
    Refused,
    /// <summary>Nobody took it within <see cref="RetryPace.GiveUpAfter"/>; a person looks at it.</summary>
    Dead,
    /// <summary>A person of the sender decided that it goes no more; nothing here comes to that by itself.</summary>
    GivenUp,
}

/// <summary>A letter on its way to one bureau. The row is changed only through its methods, each of which answers the next one.</summary>
/// <param name="Letter">Id of the letter, the same for all its recipients.</param>
/// <param name="Peer">The bureau it goes to.</param>
/// <param name="Number">Place in the queue to that bureau: letters arrive in this order.</param>
/// <param name="QueuedAt">When it was given to the post.</param>
/// <param name="NextAt">Not before then.</param>
/// <param name="FailedSince">When the failures that still last began; null while there are none.</param>
/// <param name="Attempts">How often it was tried.</param>
/// <param name="Fault">Word of the last refusal or failure.</param>
/// <param name="Receipt">What the other bureau signed; null before.</param>
public sealed record OutgoingLetter(
    Guid Letter, BureauCode Peer, long Number, DateTimeOffset QueuedAt, DateTimeOffset NextAt, DeliveryState State = DeliveryState.Waiting,
    DateTimeOffset? FailedSince = null, int Attempts = 0, string? Fault = null, string? Receipt = null)
{
    /// <summary>Whether it may be tried. What was queued, or has failed, later than now, or is to wait for longer than anything does, was so by a clock that has been put right since:
    /// it waits no longer.</summary>
    public bool IsDue(DateTimeOffset now) => NextAt <= now || (FailedSince ?? QueuedAt) > now || NextAt - now > RetryPace.WaitAtMost(Attempts)
        || (FailedSince is { } since && NextAt - now > RetryPace.WaitAtMostAfter(now - since));

    public OutgoingLetter Delivered(string receipt) => this with { State = DeliveryState.Delivered, Attempts = Attempts + 1, FailedSince = null, Fault = null, Receipt = receipt };

    /// <param name="fault">The other bureau's word for it.</param>
    public OutgoingLetter Refused(string fault) => this with { State = DeliveryState.Refused, Attempts = Attempts + 1, Fault = fault };

    /// <param name="chance">0 to 1, even: spreads the attempts of many.</param>
    public OutgoingLetter Failed(DateTimeOffset now, string fault, double chance)
    {
        var since = FailedSince < now ? FailedSince.Value : now;
        if (now - QueuedAt >= RetryPace.GiveUpAfter) return this with { State = DeliveryState.Dead, Attempts = Attempts + 1, FailedSince = since, Fault = fault };
        return this with { Attempts = Attempts + 1, FailedSince = since, Fault = fault, NextAt = now + RetryPace.WaitAfter(TimeSpan.FromTicks(Math.Min((now - since).Ticks, RetryPace.AwayAtMost(Attempts + 1).Ticks)), chance) };
    }
}
