using Amana.Matching;

namespace Amana.Server.Watchlists;

/// <summary>One version of one list, open for asking.</summary>
public sealed class LoadedList
{
    /// <summary>Lower-case words with hyphens, such as <c>ofac-sdn</c>; the dataset's name for clients of yente's shape.</summary>
    public required string Name { get; init; }
    public required string Title { get; init; }
    /// <summary>Sorts by time and never comes twice for one list, such as <c>20261124055012-7</c>.</summary>
    public required string Version { get; init; }
    /// <summary>The same as a number that grows with each import, from 1.</summary>
    public required int VersionNumber { get; init; }
    public required int EntityCount { get; init; }
    /// <summary>When this version began to answer.</summary>
    public required DateTimeOffset UpdatedAt { get; init; }
    public required MatchIndex Index { get; init; }
    /// <summary>What filters need to know of each place of <see cref="Index"/>.</summary>
    public required PlaceFacts Places { get; init; }
    /// <summary>The list's number in the tables.</summary>
    internal int ListNumber { get; init; }
    /// <summary>What <see cref="Index"/> and <see cref="Places"/> stand on; the two themselves when nothing has changed since.</summary>
    internal ListBase Base { get => field ?? new(VersionNumber, Index, Places); init; }
    /// <summary>What changed since the base was built.</summary>
    internal ListDelta Delta { get; init; } = ListDelta.None;
}
