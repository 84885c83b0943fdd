using Amana.Server.Access;
using Amana.Server.Data;
using Amana.Server.Foundation;
using Amana.Server.Web;
using Microsoft.EntityFrameworkCore;

namespace Amana.Server.Watchlists;

/// <summary>Which lists there are, which version of each answers, and where it comes from.</summary>
internal sealed class ReadLists(AmanaDb db, Gate gate)
{
    /// <param name="name">Null: all.</param>
    public async Task<Result<IReadOnlyList<ListView>>> RunAsync(string? name, Caller caller, CancellationToken cancel)
    {
        if (await gate.CheckAsync(caller, Right.ReadLists, cancel) is { } forbidden) return forbidden;

        var (versions, runs) = (db.ListVersions, db.Runs);
        var rows = await db.Lists.AsNoTracking().InUse().Where(l => name == null || l.Name == name).OrderBy(l => l.Name)
            .Join(db.ListSources, l => l.Number, s => s.List, (l, s) => new { List = l, Source = s })
            .Select(x => new
            {
                x.List, x.Source,
                Version = versions.FirstOrDefault(v => v.List == x.List.Number && v.Number == x.List.CurrentVersion),
                LastRun = runs.Where(r => r.List == x.List.Number).OrderByDescending(r => r.QueuedAt).FirstOrDefault(),
            }).ToListAsync(cancel);
        if (name is not null && rows.Count == 0) return WatchlistRefusals.ListUnknown;
        return rows.ConvertAll(r => ListView.Of(r.List, r.Source, r.Version, r.LastRun));
    }
}

/// <param name="Version">Null before the first publication, and after it was undone.</param>
/// <param name="LastRun">Reference of the newest run.</param>
/// <param name="LastChange">What the newest run did, for a glance.</param>
internal sealed record ListView(string Name, string Title, string? Version, int EntityCount, DateTimeOffset? UpdatedAt, SourceView Source,
    string? LastRun, RunState? LastRunState, ChangeCounts? LastChange)
{
    /// <summary>Failing: the newest run ended without a version. Waiting: a person is asked. Off: nothing answers yet.</summary>
    public Freshness Freshness => LastRunState switch
    {
        RunState.Refused or RunState.Failed => Freshness.Failing,
        RunState.Waiting => Freshness.Waiting,
        _ => Version is null ? Freshness.Off : Freshness.Fresh,
    };

    public static ListView Of(WatchList list, ListSource source, ListVersion? version, ImportRun? lastRun) => new(
        list.Name, list.Title, version?.Label, version?.EntityCount ?? 0, version?.PublishedAt, SourceView.Of(source),
        lastRun?.Reference.ToString(), lastRun?.State,
        lastRun is null ? null : new(lastRun.Added, lastRun.Changed, lastRun.Removed, lastRun.Rejected));
}

internal sealed record ChangeCounts(int Added, int Changed, int Removed, long Rejected);

/// <param name="Address">Hosts and paths as set; empty for uploads.</param>
/// <param name="Format">As in requests; null: recognised.</param>
/// <param name="Mapping">JSON text of the column mapping.</param>
/// <param name="Schedule">As in requests; null: none.</param>
internal sealed record SourceView(SourceKind Kind, string Address, string? Format, string? Mapping, string? Schedule, DateTimeOffset? DueAt, bool IsOn, double GuardShare)
{
    public static SourceView Of(ListSource source) => new(source.Kind, source.Address, source.Format is { } format ? FormatWords.Word(format) : null,
        source.Mapping, source.Schedule?.ToString(), source.DueAt, source.IsOn, source.GuardShare);
}
