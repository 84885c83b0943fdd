using System.Diagnostics.CodeAnalysis;
using System.Text.RegularExpressions;
using Amana.Server.Foundation;

namespace Amana.Server.Watchlists;

/// <summary>A list of persons, organisations, vessels or aircraft that questions are asked against.</summary>
internal sealed partial class WatchList
{
    /// <summary>Given by the database; stands in each row of the list's entities.</summary>
    public int Number { get; private set; }
    public required string Name { get; init; }
    public required string Title { get; set; }
    public required DateTimeOffset MadeAt { get; init; }
    /// <summary>The server keeps it itself (<see cref="KeptList"/>): it has no files, and nobody imports into it or removes it.</summary>
    public bool IsKept { get; init; }
    /// <summary>The version that answers; 0 before the first publication.</summary>
    public int CurrentVersion { get; private set; }
    /// <summary>The one that answered before and comes back when the last publication is undone; 0 when there is none.</summary>
    public int PreviousVersion { get; private set; }
    /// <summary>The highest number ever given, also to versions that were never published.</summary>
    public int LastVersion { get; private set; }

    /// <summary>When a person took it out of asking; null while it is in use.</summary>
    public DateTimeOffset? RemovedAt { get; private set; }
    /// <summary>As in the journal.</summary>
    public string? RemovedBy { get; private set; }
    public string? RemoveReason { get; private set; }
    /// <summary>Until then it can be restored; after it goes with its records and files.</summary>
    public DateTimeOffset? PurgeAt { get; private set; }

    public const int ReasonCharsMax = 1_000;
    public const int NameCharsMax = 60;
    public const int TitleCharsMax = 200;

    /// <summary>Lower-case letters and digits in words joined by single hyphens or underscores. It becomes part of
    /// addresses, file names and entity identifiers.</summary>
    public static bool IsName([NotNullWhen(true)] string? text) => text is { Length: >= 2 and <= NameCharsMax } && NamePattern().IsMatch(text);

    /// <summary>Takes it out of use.</summary>
    /// <param name="kept">How long it can be restored.</param>
    public Refusal? Remove(Actor who, string? reason, DateTimeOffset at, TimeSpan kept)
    {
        if (IsKept) return WatchlistRefusals.ListKept;
        if (RemovedAt is not null) return WatchlistRefusals.ListRemoved;
        if (string.IsNullOrWhiteSpace(reason)) return WatchlistRefusals.RemovalReasonMissing;
        if (reason.Length > ReasonCharsMax) return WatchlistRefusals.RemovalReasonTooLong;
        (RemovedAt, RemovedBy, RemoveReason, PurgeAt) = (at, who.ToString(), reason.Trim(), at + kept);
        return null;
    }

    /// <summary>Brings it back as it was.</summary>
    public Refusal? Restore(DateTimeOffset at)
    {
        if (RemovedAt is null) return WatchlistRefusals.NotRemoved;
        if (at >= PurgeAt) return WatchlistRefusals.RestoreTooLate;
        (RemovedAt, RemovedBy, RemoveReason, PurgeAt) = (null, null, null, null);
        return null;
    }

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
