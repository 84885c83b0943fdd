using Amana.Lists;
using Amana.Matching;
using Amana.Server.Access;
using Amana.Server.Data;
using Microsoft.EntityFrameworkCore;

namespace Amana.Server.Watchlists;

/// <summary>An entity as a list has it.</summary>
/// <param name="List">The list version it was read from; its name is the dataset.</param>
public sealed record FoundEntity(LoadedList List, ListedEntity Entity);

/// <summary>Finds whole entities of the lists that answer. For acts of other modules that have passed the gate, with a
/// purpose, and journal what they show; it does neither itself.</summary>
public sealed class ReadEntities(AmanaDb db, ListShelf shelf)
{
    /// <summary>More ids than this in one call are our bug.</summary>
    public const int IdsMax = 1_000;

    /// <summary>The entities of that id, or once published under it, in all lists the caller may see: none, one, or one a list.</summary>
    public async Task<IReadOnlyList<FoundEntity>> FindAsync(ListSnapshot snapshot, Caller caller, string id, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(snapshot);
        ArgumentNullException.ThrowIfNull(caller);
        var found = new List<FoundEntity>();
        foreach (var list in snapshot.VisibleTo(caller))
        {
            if (await FindAsync(list, id, cancel) is { } entity && !shelf.Audiences.HiddenFrom(caller.Bureau.Value, list).Contains(entity.Entity.Id)) found.Add(entity);
        }
        return found;
    }

    /// <summary>The entity of that id, or once published under it, in one list; null when the list has none.</summary>
    public async Task<FoundEntity?> FindAsync(LoadedList list, string id, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(list);
        ArgumentNullException.ThrowIfNull(id);
        if (id.Length > StoredEntity.IdCharsMax || id.Contains('\0', StringComparison.Ordinal)) return null;
        string[] ids = [id, .. list.Places.PlacesOfReferent(id).Select(list.Index.IdOf)];
        var found = await BulkAsync(list, ids, cancel);
        return ids.Select(i => found.GetValueOrDefault(i)).FirstOrDefault(e => e is not null) is { } entity ? new(list, entity) : null;
    }

    /// <summary>The entities of a page of answers, in their order; null where one is gone, which happens only to a snapshot
    /// kept over more than one later version of its list.</summary>
    public async Task<IReadOnlyList<FoundEntity?>> ForHitsAsync(ListSnapshot snapshot, IReadOnlyList<Hit> hits, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(snapshot);
        ArgumentNullException.ThrowIfNull(hits);
        var found = new Dictionary<(LoadedList, string), ListedEntity>();
        foreach (var ofList in hits.GroupBy(h => snapshot.ListOf(h.Index)))
        {
            foreach (var (id, entity) in await BulkAsync(ofList.Key, [.. ofList.Select(h => h.SubjectId)], cancel)) found[(ofList.Key, id)] = entity;
        }
        return [.. hits.Select(h => (List: snapshot.ListOf(h.Index), h.SubjectId))
            .Select(k => found.TryGetValue(k, out var entity) ? new FoundEntity(k.List, entity) : null)];
    }

    /// <summary>By id, of one list; ids that it does not have are left out.</summary>
    public async Task<IReadOnlyDictionary<string, ListedEntity>> BulkAsync(LoadedList list, IReadOnlyCollection<string> ids, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(list);
        ArgumentNullException.ThrowIfNull(ids);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(ids.Count, IdsMax, nameof(ids));
        if (ids.Count == 0) return new Dictionary<string, ListedEntity>(StringComparer.Ordinal);
        var rows = await db.StoredEntities.AsNoTracking().In(list.ListNumber, list.VersionNumber)
            .Where(e => ids.Contains(e.Id)).AsAt(list.VersionNumber).ToListAsync(cancel);
        return rows.ToDictionary(r => r.Id, r => r.Read(), StringComparer.Ordinal);
    }

    /// <summary>The entities of one list that name this id as their owner, parent and so on, in the list's order.</summary>
    /// <param name="max">More than that are left out.</param>
    public async Task<IReadOnlyList<ListedEntity>> ThatNameAsync(LoadedList list, string id, int max, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(list);
        ArgumentNullException.ThrowIfNull(id);
        var found = new List<ListedEntity>();
        foreach (string[] ids in list.Places.PlacesThatName(id).Take(max).Select(list.Index.IdOf).Chunk(IdsMax))
        {
            var some = await BulkAsync(list, ids, cancel);
            found.AddRange(ids.Where(some.ContainsKey).Select(i => some[i]));
        }
        return found;
    }
}
