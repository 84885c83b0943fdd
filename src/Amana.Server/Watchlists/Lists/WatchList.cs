using System.Diagnostics.CodeAnalysis;
using System.Text.RegularExpressions;

namespace Amana.Server.Watchlists;

/// <summary>A list of persons, organisations, vessels or aircraft that questions are asked against.</summary>
internal sealed partial class WatchList
{
    /// <summary>Given by the database; stands in each row of the list's entities.</summary>
    public int Number { get; private set; }
    public required string Name { get; init; }
    public required string Title { get; set; }
    public required DateTimeOffset MadeAt { get; init; }
    /// <summary>The version that answers; 0 before the first publication.</summary>
    public int CurrentVersion { get; private set; }
    /// <summary>The one that answered before and comes back when the last publication is undone; 0 when there is none.</summary>
    public int PreviousVersion { get; private set; }
    /// <summary>The highest number ever given, also to versions that were never published.</summary>
    public int LastVersion { get; private set; }

    public const int NameCharsMax = 60;
    public const int TitleCharsMax = 200;

    /// <summary>Lower-case letters and digits in words joined by single hyphens or underscores. It becomes part of
    /// addresses, file names and entity identifiers.</summary>
    public static bool IsName([NotNullWhen(true)] string? text) => text is { Length: >= 2 and <= NameCharsMax } && NamePattern().IsMatch(text);

    public int BeginVersion() => ++LastVersion;

    /// <summary>The version answers from now on.</summary>
    public void Publish(int version)
    {
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(version, CurrentVersion);
        (PreviousVersion, CurrentVersion) = (CurrentVersion, version);
    }

    /// <summary>The version before answers again. Once only: the version before that is no longer kept.</summary>
    public void Undo() => (CurrentVersion, PreviousVersion) = (PreviousVersion, 0);

    [GeneratedRegex("^[a-z0-9]+(?:[-_][a-z0-9]+)*$", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex NamePattern();
}
