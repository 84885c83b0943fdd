using System.Globalization;

namespace Amana.Server.Watchlists;

/// <summary>One state of a list as a whole, made by one run.</summary>
internal sealed class ListVersion
{
    public required int List { get; init; }
    /// <summary>From 1, growing within the list; numbers of versions that were never published stay unused.</summary>
    public required int Number { get; init; }
    /// <summary>Sorts by time and never comes twice, such as <c>20261124055012-7</c>.</summary>
    public required string Label { get; init; }
    public required VersionState State { get; set; }
    public int EntityCount { get; set; }
    /// <summary>Rows that this version brought have a key from here on.</summary>
    public required long FirstKey { get; init; }
    public DateTimeOffset? PublishedAt { get; set; }

    public static string LabelOf(DateTimeOffset at, int number) =>
        string.Create(CultureInfo.InvariantCulture, $"{at.UtcDateTime:yyyyMMddHHmmss}-{number}");
}

internal enum VersionState
{
    /// <summary>A run is writing it; nobody sees it.</summary>
    Building,
    /// <summary>It answers, or did.</summary>
    Published,
    /// <summary>It answered and was taken back; its rows go when the next run begins.</summary>
    Undone,
    /// <summary>Its run was stopped or refused; its rows go at once or when the next run begins.</summary>
    Dropped,
    /// <summary>Its rows are no longer kept.</summary>
    Gone,
}
