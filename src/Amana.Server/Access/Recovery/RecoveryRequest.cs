namespace Amana.Server.Access.Recovery;

/// <summary>That somebody has lost the sign-in and shall get a new one: asked by one officer, agreed to by another.</summary>
public sealed class RecoveryRequest
{
    public static readonly TimeSpan Lasts = TimeSpan.FromHours(24);

    /// <summary>One open request a person: a new one takes the place of the old.</summary>
    public required Guid PersonId { get; init; }
    /// <summary>As in the journal.</summary>
    public required string AskedBy { get; set; }
    public required DateTimeOffset AskedAt { get; set; }

    public bool IsOpenAt(DateTimeOffset now) => now - AskedAt <= Lasts;
}
