using Amana.Server.Data;
using Amana.Server.Foundation;

namespace Amana.Server.Journal;

/// <summary>One act: who, what, on what, why, when. Written in the transaction of the act, never changed after.</summary>
internal sealed class JournalEntry : IAppendOnly
{
    /// <summary>Position from 1, given by the database.</summary>
    public long Number { get; private set; }
    public required DateTimeOffset At { get; init; }
    /// <summary><see cref="Actor"/> as text: <c>person:…</c>, <c>token:…</c>, <c>server:server</c>.</summary>
    public required string Who { get; init; }
    /// <summary>A fact in the past tense, such as <c>hit.decided</c>.</summary>
    public required string What { get; init; }
    /// <summary>The reference of the thing acted on; null when there is none.</summary>
    public string? OnWhat { get; init; }
    /// <summary>Purpose code; null for acts that read no personal data.</summary>
    public string? Purpose { get; init; }
    /// <summary>JSON object: list versions, scores, counts, the refusal's code. Never personal data.</summary>
    public string? Details { get; init; }
    /// <summary>JSON object with what is personal: what was asked, what was answered. Shown only to who may read content.</summary>
    public string? Content { get; init; }
}
