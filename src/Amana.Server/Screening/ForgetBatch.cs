using Amana.Server.Data;
using Microsoft.EntityFrameworkCore;

namespace Amana.Server.Screening;

/// <summary>Deletes what a batch held: its file, its unreadable rows, its open hits. Decided hits stay, and the counts.</summary>
/// <remarks>No gate: called by acts that passed it, and by the server when the day is over.</remarks>
internal sealed class ForgetBatch(AmanaDb db, BatchFiles files, TimeProvider clock)
{
    /// <summary>Marks the batch and removes the rows, in the context; the caller saves.</summary>
    public async Task MarkAsync(Batch batch, CancellationToken cancel)
    {
        db.BatchRows.RemoveRange(await db.BatchRows.Where(r => r.Batch == batch.Id).ToListAsync(cancel));
        db.Hits.RemoveRange(await db.Hits.Where(h => h.Batch == batch.Id && h.State == HitState.Open).ToListAsync(cancel));
        batch.Forget(clock.GetUtcNow());
    }

    /// <summary>After the save, so that a file is never gone while its batch still wants to run.</summary>
    public void DeleteFile(Batch batch) => files.Delete(batch.Id);
}
