using Amana.Exchange.Envelopes;
using Amana.Vocabulary;

namespace Amana.Exchange.Post;

/// <summary>A letter that came, with what we signed for it.</summary>
/// <param name="Letter">Id of the letter.</param>
/// <param name="From">The bureau that wrote it; with the id it names one letter.</param>
/// <param name="At">When it came first.</param>
/// <param name="SignedForm">The letter as it was signed, to keep.</param>
/// <param name="Receipt">What we answered, and answer again when it comes again.</param>
public sealed record Arrival(Guid Letter, BureauCode From, DateTimeOffset At, string SignedForm, string Receipt);

/// <summary>What waits to one bureau, from the head of its queue on.</summary>
/// <param name="Letters">In their order, each with its sealed bytes; as many as go in one request: <see cref="PostOffice.LettersMost"/>, <see cref="PostOffice.BytesMost"/>.</param>
/// <param name="IsAll">Whether nothing waits behind them.</param>
public sealed record WaitingLetters(IReadOnlyList<(OutgoingLetter Letter, byte[] Envelope)> Letters, bool IsAll);

/// <summary>Where the post keeps its rows. What a call has answered for is durable. Whoever writes a letter puts it into the queues of all its recipients in one
/// step, with all else that belongs to the writing; that is no call of the post.</summary>
/// <remarks>Any call may throw <see cref="IOException"/> when the disk refuses; then nothing of it was done.</remarks>
public interface IPostStore
{
    /// <summary>Bureaus to which something waits, each with the first of its queue, due or not.</summary>
    Task<IReadOnlyList<OutgoingLetter>> HeadsAsync(CancellationToken cancel);

    Task<WaitingLetters> NextAsync(BureauCode peer, CancellationToken cancel);

    /// <summary>What came of letters to one bureau, in one step.</summary>
    Task SaveAsync(IReadOnlyList<OutgoingLetter> letters, CancellationToken cancel);

    /// <summary>The first waiting letter to that bureau is due now, if it would have waited longer. Never brings one back that is done.</summary>
    Task HurryAsync(BureauCode peer, DateTimeOffset now, CancellationToken cancel);

    /// <summary>Takes the letter in, with all that follows from it, in one step.</summary>
    /// <returns>The one that was there already when it has come before, or comes twice at this moment; else <paramref name="arrival"/>.</returns>
    Task<Taken> TakeAsync(Letter letter, Arrival arrival, CancellationToken cancel);
}

/// <summary>What came of taking a letter in.</summary>
/// <param name="Arrival">What is kept; null when it is refused.</param>
/// <param name="Refusal">The word for why nothing of it is kept: nobody here reads letters of that kind, or its content breaks a rule.</param>
public sealed record Taken(Arrival? Arrival, string? Refusal)
{
    public static implicit operator Taken(Arrival arrival) => new(arrival, null);

    public static Taken Refused(string word) => new(null, word);
}

/// <summary>What came of showing an envelope to its recipient.</summary>
/// <param name="Receipt">Signed by the other bureau; null when it did not take the letter.</param>
/// <param name="Refusal">Its word when it refuses for good; null when it took it or is away.</param>
/// <param name="Fault">Why it is to come again; for people.</param>
public sealed record LineAnswer(string? Receipt, string? Refusal, string Fault = "")
{
    /// <summary>No answer.</summary>
    public static LineAnswer Away { get; } = Later("away");

    /// <summary>An answer that says to come again: too busy, disk full, clocks that differ.</summary>
    public static LineAnswer Later(string fault) => new(null, null, fault);
}

/// <summary>The way to other bureaus.</summary>
public interface IPostLine
{
    /// <returns>Of the first of them, and of as many after it as the other bureau took: at least one answer, none after the first that is no receipt.</returns>
    /// <remarks>Throws nothing: what goes wrong on the way is <see cref="LineAnswer.Away"/>.</remarks>
    Task<IReadOnlyList<LineAnswer>> DeliverAsync(BureauCode peer, IReadOnlyList<byte[]> envelopes, CancellationToken cancel);
}

/// <summary>The secrets of the post: opens what comes, signs for it, and checks what others signed.</summary>
public interface IPostSeal
{
    /// <returns>The letter and its signed form, or the word for why it is refused.</returns>
    (Letter? Letter, string Signed, string? Refusal) Open(byte[] envelope);

    /// <summary>A receipt: that this bureau has stored this letter of that one.</summary>
    string SignReceipt(Guid letter, BureauCode from, DateTimeOffset at);

    bool IsReceipt(string receipt, Guid letter, BureauCode by);
}
