using System.Buffers;
using Amana.Lists;
using Amana.Server.Data;
using Microsoft.EntityFrameworkCore;

namespace Amana.Server.Watchlists;

/// <summary>A list that the server keeps itself, entry by entry, instead of taking it from files: what another module of this server
/// puts in force answers questions at once. For acts that have passed the gate and journal; it does neither.</summary>
public sealed class KeptList
{
    private readonly AmanaDb _db;
    private readonly ListSwitch _listSwitch;
    private readonly ListShelf _shelf;
    private readonly IndexFiles _indexes;
    private readonly TimeProvider _clock;
    private readonly List<ListChanges> _changes = [];
    private WatchList? _changed;

    /// <summary>Changes may follow each other faster than a question is answered.</summary>
    private const int VersionsKept = 16;

    internal KeptList(AmanaDb db, ListSwitch listSwitch, ListShelf shelf, IndexFiles indexes, TimeProvider clock) =>
        (_db, _listSwitch, _shelf, _indexes, _clock) = (db, listSwitch, shelf, indexes, clock);

    /// <summary>Adds to the context one new version of the list; the act's saving writes it. The list is made when it is new.</summary>
    /// <param name="put">New and changed entries.</param>
    /// <param name="removed">Ids of entries that are gone: their rows are deleted, not kept for an older version.</param>
    /// <remarks>Callers take turns; two versions are never written at once.</remarks>
    /// <exception cref="InvalidOperationException">A list of this name is taken from files.</exception>
    public async Task ChangeAsync(string name, string title, IReadOnlyList<ListedEntity> put, IReadOnlyCollection<string> removed, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(put);
        ArgumentNullException.ThrowIfNull(removed);
        var list = await _db.Lists.SingleOrDefaultAsync(l => l.Name == name, cancel);
        if (list is null)
        {
            list = new WatchList { Name = name, Title = title, MadeAt = _clock.GetUtcNow(), IsKept = true };
            _db.Lists.Add(list);
            await _db.SaveChangesAsync(cancel); // the database gives its number
        }

        if (!list.IsKept) throw new InvalidOperationException($"The list {name} is taken from files.");
        var now = _clock.GetUtcNow();
        int version = list.BeginVersion();
        int replaced = await CloseAsync(list, version, put, removed, cancel);
        var body = new ArrayBufferWriter<byte>();
        var entries = new List<DeltaEntry>(put.Count);
        foreach (var entity in put)
        {
            byte[] hash = EntityBody.Write(entity, body);
            entries.Add(new DeltaEntry(entity.Id, body.WrittenSpan.ToArray(), version));
            _db.StoredEntities.Add(new StoredEntity { List = list.Number, Id = entity.Id, Hash = hash, Body = entries[^1].Body, FromVersion = version });
        }

        var versions = await _db.ListVersions.Where(v => v.List == list.Number && v.Number <= list.CurrentVersion).ToListAsync(cancel);
        int before = versions.SingleOrDefault(v => v.Number == list.CurrentVersion)?.EntityCount ?? 0;
        _db.ListVersions.Add(new ListVersion
        {
            List = list.Number, Number = version, Label = ListVersion.LabelOf(now, version), State = VersionState.Published, FirstKey = 0, PublishedAt = now,
            EntityCount = before - replaced + put.Count,
        });
        _db.ListVersions.RemoveRange(versions.Where(v => v.Number < list.CurrentVersion));
        list.Publish(version);
        _changed = list;
        _changes.Add(new ListChanges(version, entries, removed));
    }

    /// <summary>Once the act is saved: questions are answered from the new version. Only what has changed is written.</summary>
    public async Task ShowAsync(CancellationToken cancel)
    {
        if (_changed is not { } list) return;
        var changes = _changes.ToList();
        _changed = null;
        _changes.Clear();
        using var turn = await _listSwitch.TakeAsync(cancel);
        var version = await _db.ListVersions.AsNoTracking().SingleAsync(v => v.List == list.Number && v.Number == list.CurrentVersion, cancel);
        var now = _shelf.Current.Lists.FirstOrDefault(l => l.Name == list.Name);
        if (now is not null && now.VersionNumber == changes[0].Version - 1 && changes[^1].Version == version.Number && changes.Sum(c => c.Count) <= ListDelta.SmallUpTo)
        {
            _shelf.Put(_indexes.Change(now, list, version, changes));
        }
        else
        {
            await _indexes.BuildAsync(list, version.Number, null, cancel);
            _shelf.Put(_indexes.Open(list, version));
        }
        _indexes.KeepOnly(list.Name, version.Number, list.PreviousVersion);
    }

    /// <summary>What changed or went is in the new version no more. A state that was replaced stays for a few versions, for the questions that
    /// still go to them; of what is gone nothing stays.</summary>
    /// <returns>How many entries of the version before that are.</returns>
    private async Task<int> CloseAsync(WatchList list, int version, IReadOnlyList<ListedEntity> put, IReadOnlyCollection<string> removed, CancellationToken cancel)
    {
        var ids = put.Select(e => e.Id).Concat(removed).ToList();
        var rows = await _db.StoredEntities.Where(e => e.List == list.Number && ids.Contains(e.Id)).ToListAsync(cancel);
        int replaced = 0;
        foreach (var row in rows)
        {
            if (row.ToVersion is null) replaced++;
            if (removed.Contains(row.Id)) _db.StoredEntities.Remove(row);
            else row.ToVersion ??= version;
        }

        int oldest = version - VersionsKept;
        _db.StoredEntities.RemoveRange(await _db.StoredEntities.Where(e => e.List == list.Number && e.ToVersion != null && e.ToVersion <= oldest).ToListAsync(cancel));
        return replaced;
    }
}
