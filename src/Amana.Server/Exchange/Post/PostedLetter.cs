using Amana.Exchange.Post;
using Amana.Server.Keys;
using Amana.Vocabulary;

namespace Amana.Server.Exchange.Post;

/// <summary>A letter that an act gave to the post. As it was signed it is kept, sealed, for as long as somebody may ask what we said; the sealed envelope only
/// until all have it.</summary>
internal sealed class PostedLetter : SealedRow
{
    public required Guid Id { get; init; }
    public required string Kind { get; init; }
    public required DateTimeOffset WrittenAt { get; init; }
    public required int Bytes { get; init; }
    public byte[]? Envelope { get; set; }

    /// <summary>JWS; docs/specs/envelope.md.</summary>
    public string? SignedForm { get => PlainText; init => PlainText = value; }

    protected override string Place => $"letter-out/{Id}";
}

/// <summary>The way of a letter to one bureau.</summary>
internal sealed class Delivery
{
    /// <summary>Place in the queue to its bureau.</summary>
    public long Number { get; init; }
    public required Guid Letter { get; init; }
    public required BureauCode Peer { get; init; }
    public required DateTimeOffset QueuedAt { get; set; }
    public required DateTimeOffset NextAt { get; set; }
    public DeliveryState State { get; set; } = DeliveryState.Waiting;
    public DateTimeOffset? FailedSince { get; set; }
    public int Attempts { get; set; }
    public string? Fault { get; set; }
    /// <summary>What the other bureau signed: that it is stored there.</summary>
    public string? Receipt { get; set; }
    public DateTimeOffset? DeliveredAt { get; set; }
    /// <summary>By its own clock.</summary>
    public DateTimeOffset? ReadAt { get; set; }
    public DateTimeOffset? ActedAt { get; set; }
    /// <summary>Why a person gave it up; null for what was not.</summary>
    public string? GivenUpFor { get; set; }
    /// <summary>What it signed last: that it was read, or acted on.</summary>
    public string? LastReceipt { get; set; }

    public OutgoingLetter ToOutgoing() => new(Letter, Peer, Number, QueuedAt, NextAt, State, FailedSince, Attempts, Fault, Receipt);

    /// <returns>Whether it has come to that. What was given up while it was on its way stays so, unless the other bureau signed for it.</returns>
    public bool Follow(OutgoingLetter letter, DateTimeOffset now)
    {
        if (State is DeliveryState.GivenUp && letter.State is not DeliveryState.Delivered) return false;
        if (letter.State is DeliveryState.Delivered && State is not DeliveryState.Delivered) DeliveredAt = now;
        (NextAt, State, FailedSince, Attempts, Fault, Receipt) = (letter.NextAt, letter.State, letter.FailedSince, letter.Attempts, letter.Fault, letter.Receipt);
        return true;
    }
}

/// <summary>A letter that came, as it was signed, and the receipt that its writer gets for it.</summary>
internal sealed class ArrivedLetter : SealedRow
{
    public required Guid Id { get; init; }
    public required BureauCode From { get; init; }
    public required string Kind { get; init; }
    public required DateTimeOffset WrittenAt { get; init; }
    public required DateTimeOffset ArrivedAt { get; init; }
    public required string Receipt { get; init; }

    /// <summary>JWS; docs/specs/envelope.md.</summary>
    public string? SignedForm { get => PlainText; init => PlainText = value; }

    protected override string Place => $"letter-in/{From}/{Id}";
}
