using System.Diagnostics.CodeAnalysis;
using Amana.Lists;
using Amana.Server.Foundation;

namespace Amana.Server.Watchlists;

/// <summary>What people and programs set of a source, as they wrote it; read once, here.</summary>
internal sealed record SourceSettings
{
    /// <summary>Of the list; null leaves it.</summary>
    public string? Title { get; init; }
    /// <summary><c>upload</c>, <c>disk</c> or <c>https</c>.</summary>
    public string? Kind { get; init; }
    public string? Address { get; init; }
    /// <summary><c>ofac-csv</c>, <c>un-xml</c>, <c>ftm</c>, <c>notices</c>, <c>csv</c>, <c>corpus</c>; empty or <c>auto</c>: recognised.</summary>
    public string? Format { get; init; }
    /// <summary>A column mapping as JSON.</summary>
    public string? Mapping { get; init; }
    public string? Schedule { get; init; }
    public double? GuardShare { get; init; }
    public bool? IsOn { get; init; }

    /// <summary>Sets what is given; what is null stays as it is.</summary>
    /// <returns>Null when all could be read; otherwise why not, and the source must not be saved.</returns>
    public Refusal? ApplyTo(WatchList list, ListSource source, ImportFolders folders, Instance instance, DateTimeOffset now)
    {
        if (Title is not null)
        {
            if (!TryTitle(Title, out string? title)) return WatchlistRefusals.Title;
            list.Title = title;
        }
        if (Kind is not null)
        {
            if (!TryKind(Kind, out var kind)) return WatchlistRefusals.SourceKindUnknown;
            source.Kind = kind;
        }
        if (ApplyAddress(source, folders, instance) is { } address) return address;
        if (ApplyReading(source) is { } reading) return reading;
        if (GuardShare is { } share)
        {
            if (!(share is >= 0 and <= 1)) return WatchlistRefusals.GuardInvalid;
            source.GuardShare = share;
        }
        if (Schedule is not null)
        {
            Watchlists.Schedule? schedule = null;
            if (Schedule.Trim().Length > 0 && !Watchlists.Schedule.TryParse(Schedule, null, out schedule)) return WatchlistRefusals.ScheduleInvalid;
            source.Schedule = schedule;
        }
        source.IsOn = IsOn ?? source.IsOn;
        if (Schedule is not null || IsOn is not null || Kind is not null) source.PlanNext(now);
        return null;
    }

    public static bool TryTitle(string text, [NotNullWhen(true)] out string? title)
    {
        title = text.Trim();
        return title.Length is > 0 and <= WatchList.TitleCharsMax && !title.Any(char.IsControl);
    }

    private static bool TryKind(string text, out SourceKind kind)
    {
        (kind, bool known) = text.Trim() switch
        {
            "upload" => (SourceKind.Upload, true),
            "disk" => (SourceKind.Disk, true),
            "https" => (SourceKind.Https, true),
            _ => (default, false),
        };
        return known;
    }

    private Refusal? ApplyAddress(ListSource source, ImportFolders folders, Instance instance)
    {
        if (Address is not null)
        {
            if (Address.Length > ListSource.AddressCharsMax) return WatchlistRefusals.AddressInvalid;
            source.Address = string.Join('\n', Address.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries));
            source.ForgetFiles();
        }
        if (source.Kind is SourceKind.Upload) return null;
        if (source.Addresses.Count is 0 or > ListSource.AddressesMax) return WatchlistRefusals.AddressMissing;
        if (source.Kind is SourceKind.Disk) return source.Addresses.All(a => folders.Resolve(a) is not null) ? null : WatchlistRefusals.PathForbidden;
        return source.Addresses.All(a => HttpsFetch.MayFetch(a, instance, out _)) ? null : WatchlistRefusals.AddressInvalid;
    }

    private Refusal? ApplyReading(ListSource source)
    {
        if (Format is not null)
        {
            if (!FormatWords.TryParse(Format, out var format)) return WatchlistRefusals.FormatUnknown;
            source.Format = format;
        }
        if (Mapping is null) return null;
        if (Mapping.Trim().Length == 0)
        {
            source.Mapping = null;
            return null;
        }
        if (!MappingText.TryParse(Mapping, out var mapping)) return WatchlistRefusals.MappingInvalid;
        source.Mapping = MappingText.Write(mapping);
        return null;
    }
}

/// <summary>The layouts as they are called in requests and on the command line.</summary>
internal static class FormatWords
{
    private static readonly Dictionary<string, ListFormat> ByWord = new(StringComparer.Ordinal)
    {
        ["ofac-csv"] = ListFormat.OfacCsv,
        ["un-xml"] = ListFormat.UnXml,
        ["ftm"] = ListFormat.FollowTheMoney,
        ["notices"] = ListFormat.Notices,
        ["csv"] = ListFormat.Csv,
        ["corpus"] = ListFormat.Corpus,
    };

    public static IEnumerable<string> All => ByWord.Keys;

    public static string Word(ListFormat format) => ByWord.First(w => w.Value == format).Key;

    /// <summary>Empty text or <c>auto</c> is no format: recognised in each run.</summary>
    public static bool TryParse(string text, out ListFormat? format)
    {
        format = null;
        string word = text.Trim();
        if (word.Length == 0 || word == "auto") return true;
        if (!ByWord.TryGetValue(word, out var known)) return false;
        format = known;
        return true;
    }
}
