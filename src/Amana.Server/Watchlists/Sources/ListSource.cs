using Amana.Lists;

namespace Amana.Server.Watchlists;

/// <summary>Where the files of a list come from, how they are read, and what they may not do. One per list.</summary>
internal sealed class ListSource
{
    public int List { get; private set; }
    /// <summary>The list itself; set only while both are made.</summary>
    public WatchList? Of { get; private set; }
    public required SourceKind Kind { get; set; }
    /// <summary>Paths or addresses, one a line, in the order of the files; empty for uploads.</summary>
    public string Address { get; set; } = "";
    /// <summary>Null: recognised anew in each run.</summary>
    public ListFormat? Format { get; set; }
    /// <summary><see cref="ColumnMapping"/> as JSON; only for CSV.</summary>
    public string? Mapping { get; set; }
    /// <summary>A run that would remove more than this share of the list waits for a person. 0 to 1.</summary>
    public double GuardShare { get; set; } = GuardShareUnlessSet;
    /// <summary>Null: only when a person or a program starts it.</summary>
    public Schedule? Schedule { get; set; }
    /// <summary>When the next scheduled run is due. A time that has passed, also while the server was down, is due once.</summary>
    public DateTimeOffset? DueAt { get; set; }
    /// <summary>False: the schedule rests.</summary>
    public bool IsOn { get; set; } = true;
    /// <summary>What the web servers gave for the files that answer now: JSON, address to ETag and Last-Modified.</summary>
    public string? Validators { get; set; }
    /// <summary>SHA-256 of the files that answer now and of how they were read; the same again needs no new version.</summary>
    public string? ContentHash { get; set; }
    public required DateTimeOffset MadeAt { get; init; }

    /// <summary>Source: ux.md 4.11.</summary>
    public const double GuardShareUnlessSet = 0.02;
    public const int AddressesMax = 10;
    public const int AddressCharsMax = 8_000;
    public const int MappingCharsMax = 20_000;

    public void BelongTo(WatchList list) => Of = list;

    public IReadOnlyList<string> Addresses => Address.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    /// <summary>Sets when to begin next, seen from <paramref name="now"/>.</summary>
    public void PlanNext(DateTimeOffset now) => DueAt = IsOn ? Schedule?.NextAfter(now) : null;

    /// <summary>The next run reads its files whatever they are.</summary>
    public void ForgetFiles() => (Validators, ContentHash) = (null, null);
}

internal enum SourceKind { Upload, Disk, Https }
