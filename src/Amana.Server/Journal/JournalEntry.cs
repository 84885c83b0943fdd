using Amana.Sealing.Logs;
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
    /// <summary>What outsiders read in its place (<see cref="PublicWords"/>); null in entries from before, which show the fact itself.</summary>
    public string? PublicWhat { get; init; }
    /// <summary>The reference of the thing acted on; null when there is none.</summary>
    public string? OnWhat { get; init; }
    /// <summary>Purpose code; null for acts that read no personal data.</summary>
    public string? Purpose { get; init; }
    /// <summary>JSON object: list versions, scores, counts, the refusal's code. Never personal data.</summary>
    public string? Details { get; init; }
    /// <summary>Salt of the commitment in the public entry (<see cref="ActCommitment"/>).</summary>
    public required byte[] Salt { get; init; }
    /// <summary>Commitment to the sealed content; stays when the content is erased. Null when there never was any.</summary>
    public byte[]? ContentHash { get; init; }
    /// <summary>What is personal. Null when there never was any, and when it was erased.</summary>
    public JournalContent? Content { get; init; }
}

/// <summary>What is personal about an act: what was asked, what was answered. Sealed, in a row of its own, which the law may make
/// go: the entry's hash stays, and the tree still proves itself.</summary>
internal sealed class JournalContent
{
    public long Number { get; private set; }
    /// <summary>Salt of <see cref="JournalEntry.ContentHash"/>. Goes with the content: without it nobody can try out what it was.</summary>
    public required byte[] Salt { get; init; }
    /// <summary>A JSON object, sealed (<see cref="Keys.FieldSealer"/>).</summary>
    public required byte[] Sealed { get; init; }
}

/// <summary>An entry's place in the tree. Decided once, in the order of commitment: numbers may have gaps, leaves have none.</summary>
internal sealed class JournalLeaf : IAppendOnly
{
    /// <summary>From 0.</summary>
    public required long Index { get; init; }
    /// <summary>Of the entry.</summary>
    public required long Number { get; init; }
    /// <summary>SHA-256 of the public entry as a leaf; 32 bytes.</summary>
    public required byte[] Hash { get; init; }
}
