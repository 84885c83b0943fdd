using Amana.Server.Foundation;

namespace Amana.Server.Exchange.Book;

/// <summary>At the Secretariat: that one person wants another key to sign the directory from now on, until a second one agrees or not. One row.</summary>
internal sealed class SignerProposal
{
    public int Number { get; init; } = 1;
    public required string KeyName { get; init; }
    /// <summary>Its public half; the secret half is in the folder of keys.</summary>
    public required byte[] Public { get; init; }
    /// <summary>The present key cannot sign any more, or must not be believed: nothing announces the new one, and every bureau compares its words.</summary>
    public required bool IsLost { get; init; }
    public required string Reason { get; init; }
    public required string ProposedBy { get; init; }
    public required DateTimeOffset ProposedAt { get; init; }
}

/// <summary>A version of the directory in which the Secretariat's key announced the next one. Kept for bureaus that were away: without it they do not believe the next.</summary>
internal sealed class SignerChange
{
    public required long Version { get; init; }
    public required string Form { get; init; }
    public required DateTimeOffset At { get; init; }
}
