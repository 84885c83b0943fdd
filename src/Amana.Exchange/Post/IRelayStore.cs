using Amana.Vocabulary;

namespace Amana.Exchange.Post;

/// <summary>An envelope of one bureau for another, held by their relay, which cannot open it.</summary>
/// <param name="Hash">Of recipient and envelope: the same brought again is the same.</param>
/// <param name="Envelope">Null once the recipient has answered.</param>
/// <param name="Answer">The recipient's own, once there is one: its receipt, or its word for a refusal.</param>
public sealed record HeldEnvelope(string Hash, BureauCode From, BureauCode To, byte[]? Envelope, LineAnswer? Answer);

/// <summary>Where a relay keeps its rows. What a call has answered for is durable.</summary>
/// <remarks>Any call may throw <see cref="IOException"/> when the disk refuses; then nothing of it was done.</remarks>
public interface IRelayStore
{
    /// <summary>Keeps it, unless it is known.</summary>
    /// <returns>The row that is there now; null when too much waits for that bureau.</returns>
    Task<HeldEnvelope?> HoldAsync(BureauCode from, BureauCode to, byte[] envelope, CancellationToken cancel);

    /// <summary>Bureaus for which something waits.</summary>
    Task<IReadOnlyList<BureauCode>> RecipientsAsync(CancellationToken cancel);

    /// <summary>The oldest that waits for that bureau, of a sender that may still write to it; null when there is none.</summary>
    Task<HeldEnvelope?> HeadAsync(BureauCode to, CancellationToken cancel);

    /// <summary>Keeps the recipient's answer in the place of the envelope.</summary>
    Task DoneAsync(string hash, LineAnswer answer, CancellationToken cancel);
}
