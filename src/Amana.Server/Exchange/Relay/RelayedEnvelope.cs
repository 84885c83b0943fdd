using Amana.Exchange.Post;
using Amana.Vocabulary;

namespace Amana.Server.Exchange.Relay;

/// <summary>An envelope of one bureau for another, held by their relay. It cannot be opened here.</summary>
internal sealed class RelayedEnvelope
{
    /// <summary>SHA-256 of recipient and envelope, hexadecimal: the same brought again is the same.</summary>
    public required string Hash { get; init; }
    public required BureauCode From { get; init; }
    public required BureauCode To { get; init; }
    public required DateTimeOffset At { get; init; }
    /// <summary>Null once the recipient has answered.</summary>
    public byte[]? Envelope { get; set; }
    /// <summary>What the recipient signed.</summary>
    public string? Receipt { get; set; }
    /// <summary>Its word when it refused for good.</summary>
    public string? Refusal { get; set; }
    public DateTimeOffset? DoneAt { get; set; }

    public HeldEnvelope ToHeld() => new(Hash, From, To, Envelope, DoneAt is null ? null : new LineAnswer(Receipt, Refusal));
}
