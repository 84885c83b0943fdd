using System.Text.Json;
using Amana.Server.Data;
using Amana.Server.Foundation;
using Microsoft.EntityFrameworkCore;

namespace Amana.Server.PublicNotices;

/// <summary>One item of news, whole in the four languages.</summary>
public sealed record PublicNewsItem
{
    /// <summary>In addresses: small letters, digits, hyphens.</summary>
    public required string Slug { get; init; }
    public required DateTimeOffset PublishedAt { get; init; }
    /// <summary>By language code.</summary>
    public required IReadOnlyDictionary<string, string> Titles { get; init; }
    /// <summary>By language code; paragraphs with an empty line between them.</summary>
    public required IReadOnlyDictionary<string, string> Bodies { get; init; }
    /// <summary>What its picture shows, by language code; null when it has none.</summary>
    public IReadOnlyDictionary<string, string>? Alternatives { get; init; }
}

/// <summary>Puts news up and takes it down, as <see cref="PublicShelf"/> does with notices: the rows are saved with the act.</summary>
public sealed class NewsShelf(AmanaDb db, ShownNews shown)
{
    private readonly List<(string Slug, PublicNewsItem? Item)> _changes = [];

    public IReadOnlyList<PublicNewsItem> Shown => shown.Newest;

    public void Put(PublicNewsItem item, PublicPicture? picture)
    {
        ArgumentNullException.ThrowIfNull(item);
        db.PublicNews.Add(new PublicNewsRow { Slug = item.Slug, Body = JsonSerializer.Serialize(item, JsonRules.Options) });
        if (picture is not null) db.PublicNewsPictures.Add(new PublicNewsPictureRow { Slug = item.Slug, MediaType = picture.MediaType, Bytes = picture.Bytes });
        _changes.Add((item.Slug, item));
    }

    /// <returns>False when there is none.</returns>
    public async Task<bool> RemoveAsync(string slug, CancellationToken cancel)
    {
        if (await db.PublicNews.SingleOrDefaultAsync(r => r.Slug == slug, cancel) is not { } row) return false;
        db.PublicNews.Remove(row);
        _changes.Add((slug, null));
        return true;
    }

    /// <summary>Once the act is saved.</summary>
    public void Show()
    {
        shown.Change(_changes);
        _changes.Clear();
    }
}

/// <summary>The news in memory, newest first; replaced as a whole.</summary>
public sealed class ShownNews
{
    private readonly Lock _changing = new();
    private volatile IReadOnlyList<PublicNewsItem> _newest = [];
    private int _version;

    internal IReadOnlyList<PublicNewsItem> Newest => _newest;

    /// <summary>Another number for each change.</summary>
    internal int Version => Volatile.Read(ref _version);

    internal PublicNewsItem? Find(string slug) => _newest.FirstOrDefault(n => n.Slug == slug);

    internal async Task LoadAsync(AmanaDb db, CancellationToken cancel)
    {
        var bodies = await db.PublicNews.AsNoTracking().Select(r => r.Body).ToListAsync(cancel);
        Change([.. bodies.Select(b => JsonSerializer.Deserialize<PublicNewsItem>(b, JsonRules.Options)!).Select(n => (n.Slug, (PublicNewsItem?)n))]);
    }

    internal void Change(IReadOnlyList<(string Slug, PublicNewsItem? Item)> changes)
    {
        if (changes.Count == 0) return;
        lock (_changing)
        {
            var gone = changes.Select(c => c.Slug).ToHashSet(StringComparer.Ordinal);
            _newest = [.. _newest.Where(n => !gone.Contains(n.Slug)).Concat(changes.Select(c => c.Item).OfType<PublicNewsItem>()).OrderByDescending(n => n.PublishedAt)];
            _version++;
        }
    }
}
