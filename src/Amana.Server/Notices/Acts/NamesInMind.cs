using System.Collections.Concurrent;
using Amana.Server.Data;
using Amana.Server.Foundation;
using Amana.Server.Keys;
using Microsoft.EntityFrameworkCore;

namespace Amana.Server.Notices;

/// <summary>The names of notices, in memory alone: in the database they are sealed, and a database cannot search what it cannot read.
/// Names are opened once for each version of a notice.</summary>
internal sealed class NamesInMind(FieldSealer sealer)
{
    private const int AtOnce = 400;

    private readonly ConcurrentDictionary<Id<Notice>, (long Version, string Text)> _known = [];

    /// <summary>Those of <paramref name="notices"/> whose names or reference hold <paramref name="part"/>, in the same order.</summary>
    /// <param name="part">In capitals.</param>
    public async Task<List<Id<Notice>>> FindAsync(AmanaDb db, IQueryable<Notice> notices, string part, CancellationToken cancel)
    {
        var there = await notices.Select(n => new { n.Id, n.Version, n.Reference }).ToListAsync(cancel);
        var fresh = there.Where(n => !_known.TryGetValue(n.Id, out var known) || known.Version != n.Version).Select(n => n.Id).ToList();
        foreach (var some in fresh.Chunk(AtOnce))
        {
            var rows = await db.Notices.Where(n => some.Contains(n.Id)).Select(n => new { n.Id, n.Version, n.SealedNames }).ToListAsync(cancel);
            foreach (var row in rows) _known[row.Id] = (row.Version, row.SealedNames is null ? "" : NoticeNames.Open(row.Id, row.SealedNames, sealer).SearchText);
        }

        return [.. there.Where(n => n.Reference.Contains(part, StringComparison.Ordinal) || (_known.TryGetValue(n.Id, out var known) && known.Text.Contains(part, StringComparison.Ordinal))).Select(n => n.Id)];
    }

    /// <summary>A deleted notice leaves no name in memory either.</summary>
    public void Forget(Id<Notice> notice) => _known.TryRemove(notice, out _);
}
