using Amana.Server.Data;
using Amana.Server.Foundation;
using Microsoft.EntityFrameworkCore;

namespace Amana.Server.Watchlists;

/// <summary>Imports that wait for their turn, and those at work.</summary>
internal sealed class ImportQueue(AmanaDb db) : IWorkQueue
{
    public string Word => "imports";

    public async Task<QueueDepth> DepthAsync(CancellationToken cancel)
    {
        var waiting = db.Set<ImportRun>().Where(r => r.State == RunState.Queued);
        return new(await waiting.CountAsync(cancel), await db.Set<ImportRun>().CountAsync(r => r.State == RunState.Running, cancel),
            await waiting.MinAsync(r => (DateTimeOffset?)r.QueuedAt, cancel));
    }
}
