using Amana.Server.Data;
using Amana.Server.Foundation;
using Microsoft.EntityFrameworkCore;

namespace Amana.Server.Screening;

/// <summary>Batches that wait for their turn, and those at work.</summary>
internal sealed class BatchQueue(AmanaDb db) : IWorkQueue
{
    public string Word => "batches";

    public async Task<QueueDepth> DepthAsync(CancellationToken cancel)
    {
        var waiting = db.Set<Batch>().Where(b => b.State == BatchState.Queued);
        return new(await waiting.CountAsync(cancel), await db.Set<Batch>().CountAsync(b => b.State == BatchState.Running, cancel),
            await waiting.MinAsync(b => (DateTimeOffset?)b.At, cancel));
    }
}
