using System.ComponentModel.DataAnnotations;

namespace Amana.Server.Watchlists;

/// <summary>Bounds of imports. Set by the operator in the section <c>Watchlists</c>, or as <c>AMANA_Watchlists__NAME</c> in
/// the environment.</summary>
internal sealed class WatchlistsOptions
{
    /// <summary>Bytes of all files of one run, as they arrive (compressed where they are). Why 20 GiB: ten million rows of a
    /// FollowTheMoney export, uncompressed, and as much again.</summary>
    [Range(1_024, long.MaxValue)] public long RunBytesMax { get; init; } = 20L << 30;

    /// <summary>Runs at work at the same time, each on another list. Two use two cores and leave screening its share.</summary>
    [Range(1, 16)] public int RunsAtOnce { get; init; } = 2;

    /// <summary>Folders that disk sources may read beside <c>DATA/inbox</c>, with colons between.</summary>
    public string ImportFolders { get; init; } = "";

    /// <summary>Lets HTTPS sources reach private, link-local and loopback addresses. Off, since a source's address is typed
    /// by a person and must not become a way into the network behind the server.</summary>
    public bool AllowPrivateAddresses { get; init; }

    /// <summary>Longest silence of a web server, seconds.</summary>
    [Range(1, 3_600)] public int FetchSilenceSeconds { get; init; } = 60;

    /// <summary>Wait before the second try of a download; doubled for each further one. Milliseconds.</summary>
    [Range(1, 60_000)] public int FetchRetryMilliseconds { get; init; } = 2_000;

    /// <summary>How long a removed list can be restored, days; then it goes with its records and files. Why 30: a list that is
    /// missed is missed by the next monthly report.</summary>
    [Range(1, 3_650)] public int RemovedKeptDays { get; init; } = 30;

    public const int FetchTries = 4;
    public const int FilesMax = 20;
    public const int FileNameCharsMax = 120;
}
