using System.Text.Json;
using Amana.Server.Data;
using Amana.Server.Foundation;
using Microsoft.EntityFrameworkCore;

namespace Amana.Server.PublicNotices;

/// <summary>Puts notices on the public shelf and takes them down. For acts of other modules, which pass the gate and journal; the
/// rows are saved with the act: both or neither.</summary>
public sealed class PublicShelf(AmanaDb db, ShownNotices shown)
{
    private readonly List<(string Id, ReleasedNotice? Notice)> _changes = [];

    /// <summary>Adds it to the context, or what is new of it.</summary>
    /// <param name="pictures">All of them; their ids become those of the notice.</param>
    public async Task PutAsync(ReleasedNotice notice, IReadOnlyList<PublicPicture> pictures, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(notice);
        ArgumentNullException.ThrowIfNull(pictures);
        notice = notice with { Pictures = [.. pictures.Select(p => p.Id)] };
        string body = JsonSerializer.Serialize(notice, JsonRules.Options);
        var row = shown.Current.Find(notice.Id) is null ? null : await db.PublicRows.SingleOrDefaultAsync(r => r.Id == notice.Id, cancel);
        if (row is null) db.PublicRows.Add(new PublicRow { Id = notice.Id, Body = body });
        else
        {
            row.Body = body;
            db.PublicPictures.RemoveRange(await db.PublicPictures.Where(p => p.Notice == notice.Id).ToListAsync(cancel));
        }

        foreach (var picture in pictures) db.PublicPictures.Add(new PublicPictureRow { Notice = notice.Id, Id = picture.Id, MediaType = picture.MediaType, Bytes = picture.Bytes });
        _changes.Add((notice.Id, notice));
    }

    public async Task RemoveAsync(string id, CancellationToken cancel)
    {
        if (await db.PublicRows.SingleOrDefaultAsync(r => r.Id == id, cancel) is { } row) db.PublicRows.Remove(row);
        _changes.Add((id, null));
    }

    /// <summary>Once the act is saved: the public sees it from now on, or no more.</summary>
    public void Show()
    {
        shown.Change(_changes);
        _changes.Clear();
    }
}

/// <summary>The released notices in memory, newest first: read without locks by every question, replaced as a whole.</summary>
public sealed class ShownNotices
{
    private readonly Lock _changing = new();
    private volatile ShownSnapshot _current = ShownSnapshot.Empty;

    internal ShownSnapshot Current => _current;

    /// <summary>What the public sees under this id, such as <c>2026/123</c>; null when it sees nothing.</summary>
    public ReleasedNotice? Find(string id) => _current.Find(id);

    internal bool IsLoaded { get; private set; }

    internal async Task LoadAsync(AmanaDb db, CancellationToken cancel)
    {
        var bodies = await db.PublicRows.AsNoTracking().Select(r => r.Body).ToListAsync(cancel);
        Change([.. bodies.Select(b => JsonSerializer.Deserialize<ReleasedNotice>(b, JsonRules.Options)!).Select(n => (n.Id, (ReleasedNotice?)n))]);
        IsLoaded = true;
    }

    internal void Change(IReadOnlyList<(string Id, ReleasedNotice? Notice)> changes)
    {
        if (changes.Count == 0) return;
        lock (_changing) _current = _current.With(changes);
    }
}

/// <summary>What is shown at one moment. Immutable.</summary>
internal sealed class ShownSnapshot
{
    public static readonly ShownSnapshot Empty = new(new Dictionary<string, ReleasedNotice>(StringComparer.Ordinal));

    private readonly Dictionary<string, ReleasedNotice> _byId;

    private ShownSnapshot(Dictionary<string, ReleasedNotice> byId, long version = 0)
    {
        (_byId, Version) = (byId, version);
        Newest = [.. byId.Values.OrderByDescending(n => n.PublishedAt).ThenByDescending(n => n.Id, StringComparer.Ordinal)];
    }

    public IReadOnlyList<ReleasedNotice> Newest { get; }

    /// <summary>Another number for each change.</summary>
    public long Version { get; }

    public ReleasedNotice? Find(string id) => _byId.GetValueOrDefault(id);

    public ShownSnapshot With(IReadOnlyList<(string Id, ReleasedNotice? Notice)> changes)
    {
        var next = new Dictionary<string, ReleasedNotice>(_byId, StringComparer.Ordinal);
        foreach (var (id, notice) in changes)
        {
            if (notice is null) next.Remove(id);
            else next[id] = notice;
        }

        return new ShownSnapshot(next, Version + 1);
    }
}

/// <summary>Loads the shelf at the start, before the server says that it is ready.</summary>
internal sealed class OpenShelf(IDbContextFactory<AmanaDb> databases, ShownNotices shown, ShownNews news) : BackgroundService, IReadyWhen
{
    public string What => "public notices";

    public bool IsReady => shown.IsLoaded;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await using var db = await databases.CreateDbContextAsync(stoppingToken);
        await news.LoadAsync(db, stoppingToken);
        await shown.LoadAsync(db, stoppingToken);
    }
}
