using System.Text.Json;
using Amana.Server.Foundation;
using Amana.Server.Keys;
using Amana.Vocabulary;

namespace Amana.Server.BlindQuestions.Asking;

/// <summary>Whom or what an officer asked about.</summary>
/// <param name="Name">Empty: only the document.</param>
/// <param name="Issuer">Three letters; null: not known.</param>
public sealed record BlindSubject(string Name, DateOnly? BirthDate, string? Document, string? Issuer);

/// <summary>A question put to chosen bureaus without telling them about whom.</summary>
internal sealed class BlindAsk : SealedRow
{
    /// <summary>After that all answers are shown, at once.</summary>
    public static readonly TimeSpan Together = TimeSpan.FromMinutes(1);

    public required Id<BlindAsk> Id { get; init; }
    /// <summary><c>ASK-26-00219</c>.</summary>
    public required string Reference { get; init; }
    public required string AskedBy { get; init; }
    public required string Purpose { get; init; }
    public required DateTimeOffset AskedAt { get; init; }
    public bool IsDone { get; set; }
    public List<BlindReply> Replies { get; init; } = [];

    public BlindSubject About
    {
        get => JsonSerializer.Deserialize<BlindSubject>(Plain, JsonRules.Options)!;
        init => Plain = JsonSerializer.SerializeToUtf8Bytes(value, JsonRules.Options);
    }

    protected override string Place => $"blind-ask/{Id.Value}";
}

internal enum BlindState
{
    Waiting,
    Yes,
    No,
    /// <summary>It did not answer within the time, or not as it must.</summary>
    NotReached,
    /// <summary>It does not let us ask, or not any more today.</summary>
    NotAllowed,
    /// <summary>It closed itself to us because of what we asked.</summary>
    Closed,
}

/// <summary>What one bureau answered; shown with all the others.</summary>
internal sealed class BlindReply
{
    public Id<BlindAsk> Ask { get; init; }
    public required BureauCode Bureau { get; init; }
    public BlindState State { get; set; }
    /// <summary>Why there is no answer.</summary>
    public string? Word { get; set; }
    public DateTimeOffset? At { get; set; }
}
