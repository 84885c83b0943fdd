using Amana.Exchange.Handling;
using Amana.Server.Exchange;

namespace Amana.Server.Threads;

public sealed record ThreadRow
{
    public required string Reference { get; init; }
    /// <summary>Empty when what was said has left.</summary>
    public required string Subject { get; init; }
    public required string Opener { get; init; }
    public required IReadOnlyList<string> Members { get; init; }
    public required ThreadState State { get; init; }
    public required DateTimeOffset LastAt { get; init; }
    public required int Messages { get; init; }
    public required int Unread { get; init; }
    public required DateTimeOffset? DueAt { get; init; }
    public required Escalation Escalation { get; init; }
    public required string? AssignedTo { get; init; }
    public required IReadOnlyList<string> Codes { get; init; }
    /// <summary>The first words of the last message, where its handling lets it be shown among others.</summary>
    public string? LastLine { get; init; }
    public string? LastFrom { get; init; }

    internal static ThreadRow Of(CaseThread thread) => new()
    {
        Reference = thread.Reference, Subject = thread.Content.Subject, Opener = thread.Opener, Members = [.. thread.Bureaus.Select(b => b.Value)], State = thread.State, LastAt = thread.LastAt,
        Messages = thread.Messages, Unread = thread.Unread, DueAt = thread.DueAt, Escalation = thread.Escalation, AssignedTo = thread.AssignedTo, Codes = thread.Codes.Words,
    };
}

public sealed record ThreadView
{
    public required ThreadRow Row { get; init; }
    public required IReadOnlyList<string> About { get; init; }
    public required string Purpose { get; init; }
    public required Outcome? Outcome { get; init; }
    public required string? OutcomeText { get; init; }
    /// <summary>Display name of who has it in hand.</summary>
    public required string? InHand { get; init; }
    public required bool IsEmptied { get; init; }
    public required long Version { get; init; }
    public required IReadOnlyList<MessageView> Messages { get; init; }
    public required IReadOnlyList<AskView> Asks { get; init; }
}

public sealed record MessageView
{
    public required Guid Letter { get; init; }
    public required MessageKind Kind { get; init; }
    public required string From { get; init; }
    public required IReadOnlyList<string> To { get; init; }
    public required DateTimeOffset WrittenAt { get; init; }
    public required DateTimeOffset? ArrivedAt { get; init; }
    /// <summary>Since when it stands here, by our clock: the order of a thread.</summary>
    internal DateTimeOffset StandsSince => ArrivedAt ?? WrittenAt;
    /// <summary>Whether the reader opens it for the first time in this house.</summary>
    public bool IsNew { get; init; }
    public required bool IsOwn { get; init; }
    /// <summary>Display name of who wrote it here.</summary>
    public string? By { get; init; }
    public required string Urgency { get; init; }
    public required bool IsGone { get; init; }
    public required string Text { get; init; }
    public required HandlingView? Handling { get; init; }
    public required IReadOnlyList<QuoteView> Quotes { get; init; }
    public ReleaseWords? Release { get; init; }
    public IReadOnlyList<FileView> Files { get; init; } = [];
    public Outcome? Outcome { get; init; }
    /// <summary>Of a release that was asked of us: nobody has answered yet.</summary>
    public bool WaitsForUs { get; init; }
    /// <summary>Of what we sent: where each copy stands.</summary>
    public IReadOnlyList<DeliveryView> Deliveries { get; init; } = [];
}

/// <param name="State">Only what is here can be opened.</param>
/// <param name="Sha256">Of the sealed file, as its writer signed it.</param>
public sealed record FileView(Guid File, string Name, string Type, long Bytes, FileState State, string Sha256);

/// <param name="Proven">Its originator signed these words and this handling; false: the quoting bureau alone says so.</param>
public sealed record QuoteView(Guid Letter, string From, DateTimeOffset At, string Text, HandlingView Handling, bool Proven);

/// <param name="Codes">H0, or some of H1 to H3.</param>
public sealed record HandlingView(
    IReadOnlyList<string> Codes, IReadOnlyCollection<string> Conditions, string Grade, string Level, IReadOnlyCollection<string> Originators, IReadOnlyCollection<string>? Only,
    IReadOnlyCollection<string> Except, DateTimeOffset? Until)
{
    internal static HandlingView? Of(ItemHandling? handling) => handling is null ? null : new(handling.Codes.Words, handling.Conditions, handling.Grade, HandlingJson.WordOf(handling.Level),
        [.. handling.Originators.Select(o => o.Value)], handling.Audience.Only is { } only ? [.. only.Select(o => o.Value)] : null, [.. handling.Audience.Except.Select(o => o.Value)], handling.Until);
}

public sealed record AskView(Guid Letter, int Number, string Asker, string Owes, string Text, DateTimeOffset AskedAt, DateTimeOffset? DueAt, DateTimeOffset? AnsweredAt, bool IsOurs);
