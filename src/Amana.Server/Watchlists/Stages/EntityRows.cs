using Amana.Server.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;

namespace Amana.Server.Watchlists;

/// <summary>An entity ready to be stored.</summary>
/// <param name="LastSeen">UTC ticks.</param>
internal sealed record EntityRow(string Id, byte[] Hash, byte[] Body, long? LastSeen);

/// <summary>Writes a version's entities, a batch in a few statements: only what differs from what is there.</summary>
/// <remarks>The caller opens and commits the transactions.</remarks>
internal sealed class EntityRows(AmanaDb db, IDatabaseEngine engine, int list, int version) : IDisposable
{
    private static readonly string[] Columns = ["list", "id", "hash", "body", "from_version", "replaces", "last_seen", "seen_from"];

    private readonly IRowWriter _insert = engine.WriteRows(db.Database.GetDbConnection(), "list_entities", Columns);

    /// <summary>Writes each entity unless the list has it unchanged; marks in <paramref name="seen"/> the states it had. Of those that
    /// come twice the first counts.</summary>
    public (int Added, int Changed) Take(IReadOnlyList<EntityRow> batch, SeenKeys seen, IDbContextTransaction transaction)
    {
        var ids = batch.Select(r => r.Id).Distinct(StringComparer.Ordinal).ToArray();
        var known = db.StoredEntities.AsNoTracking().Where(e => e.List == list && e.ToVersion == null && EF.Parameter(ids).Contains(e.Id))
            .Select(e => new { e.Key, e.Id, e.Hash, e.FromVersion, e.LastSeen }).ToDictionary(e => e.Id, StringComparer.Ordinal);
        var taken = new HashSet<string>(StringComparer.Ordinal);
        var fresh = new List<object?[]>();
        var closed = new List<long>();
        var seenAgain = new List<(long Key, long? At)>();
        foreach (var row in batch)
        {
            if (!taken.Add(row.Id)) continue;
            var earlier = known.GetValueOrDefault(row.Id);
            if (earlier is not null && (earlier.FromVersion == version || !seen.Add(earlier.Key))) continue;
            if (earlier is not null && earlier.Hash.AsSpan().SequenceEqual(row.Hash))
            {
                if (row.LastSeen != earlier.LastSeen) seenAgain.Add((earlier.Key, row.LastSeen));
                continue;
            }
            if (earlier is not null) closed.Add(earlier.Key);
            fresh.Add([list, row.Id, row.Hash, row.Body, version, earlier?.Key, row.LastSeen, version]);
        }
        Close(closed);
        See(seenAgain);
        _insert.Write(fresh, transaction.GetDbTransaction());
        return (fresh.Count - closed.Count, closed.Count);
    }

    /// <summary>The list no longer has these states from the version on.</summary>
    public void Close(IReadOnlyCollection<long> keys)
    {
        if (keys.Count == 0) return;
        long[] gone = [.. keys];
        db.StoredEntities.Where(e => EF.Parameter(gone).Contains(e.Key)).ExecuteUpdate(set => set.SetProperty(e => e.ToVersion, version));
    }

    public void Dispose() => _insert.Dispose();

    // The publisher has seen unchanged entities again, most of them at the same moment.
    private void See(List<(long Key, long? At)> again)
    {
        foreach (var moment in again.GroupBy(a => a.At, a => a.Key))
        {
            long[] keys = [.. moment];
            db.StoredEntities.Where(e => EF.Parameter(keys).Contains(e.Key)).ExecuteUpdate(set => set
                .SetProperty(e => e.SeenBefore, e => e.LastSeen).SetProperty(e => e.LastSeen, moment.Key).SetProperty(e => e.SeenFrom, version));
        }
    }
}
