using Amana.Matching;

namespace Amana.Lists;

/// <summary>One entry of a published list in FollowTheMoney's terms: a schema and lists of strings by property.</summary>
/// <remarks>Property names as in FollowTheMoney: <c>name</c>, <c>alias</c>, <c>weakAlias</c>, <c>birthDate</c>,
/// <c>nationality</c>, <c>country</c>, <c>gender</c>, <c>passportNumber</c>, <c>idNumber</c>, <c>topics</c>, …
/// Source: https://followthemoney.tech/explorer/</remarks>
public sealed record ListedEntity
{
    /// <summary>Unique within its list; identifiers carry the list, such as <c>ofac-sdn-475</c>.</summary>
    public required string Id { get; init; }
    /// <summary>A FollowTheMoney schema name: Person, Organization, Company, Vessel, Airplane, …</summary>
    public required string Schema { get; init; }
    public required string Caption { get; init; }
    public required IReadOnlyDictionary<string, IReadOnlyList<string>> Properties { get; init; }
    /// <summary>Other ids under which the same entity was published.</summary>
    public IReadOnlyList<string> Referents { get; init; } = [];
    public bool Target { get; init; } = true;
    public DateTimeOffset? FirstSeen { get; init; }
    public DateTimeOffset? LastSeen { get; init; }
    public DateTimeOffset? LastChange { get; init; }

    public IReadOnlyList<string> this[string property] => Properties.TryGetValue(property, out var values) ? values : [];
}

/// <summary>A row that could not be taken: kept aside with its place and reason, while the rest goes on.</summary>
/// <param name="File">The file's name, without its folder.</param>
/// <param name="Line">From 1.</param>
/// <param name="Column">Name or number of the column or property; null for the whole row.</param>
/// <param name="Code">A stable code, such as <c>list.orphan-alias</c>.</param>
/// <param name="Reason">One English sentence.</param>
/// <param name="Excerpt">The start of the row as read, at most 500 chars.</param>
public sealed record RejectedRow(string File, long Line, string? Column, string Code, string Reason, string Excerpt)
{
    /// <summary>Only the value of <see cref="Column"/> was set aside (or taken cleaned); the rest of the row was taken.</summary>
    public bool RestTaken { get; init; }
}

/// <summary>The file as a whole cannot be taken: broken off, empty, hostile, or of no known layout.</summary>
public sealed class ListFileException(string code, string message, string? file = null, long? line = null)
    : Exception(message)
{
    /// <summary>A stable code, such as <c>list.truncated</c>.</summary>
    public string Code { get; } = code;
    public string? File { get; } = file;
    public long? Line { get; } = line;
}

/// <summary>Where a list's bytes come from. Opened anew each time, so that a reader may pass twice.</summary>
/// <param name="Name">The file's name; its role in a list of several files is recognised from it.</param>
/// <param name="Open">A fresh stream; gzip is recognised by its first bytes and read as it is.</param>
/// <param name="Bytes">The size on disk, when known; for progress.</param>
public sealed record ListFile(string Name, Func<Stream> Open, long? Bytes);
