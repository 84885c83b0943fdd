using Amana.Exchange.Post;
using Amana.Server.Data;
using Amana.Server.Foundation;
using Microsoft.EntityFrameworkCore;

namespace Amana.Server.Exchange.Post;

/// <summary>Letters on their way, for the page Health.</summary>
internal sealed class LetterQueue(AmanaDb db) : IWorkQueue
{
    public string Word => "letters";

    public async Task<QueueDepth> DepthAsync(CancellationToken cancel)
    {
        var waiting = db.Deliveries.Where(d => d.State == DeliveryState.Waiting);
        return new(await waiting.CountAsync(cancel), 0, await waiting.OrderBy(d => d.Number).Select(d => (DateTimeOffset?)d.QueuedAt).FirstOrDefaultAsync(cancel));
    }
}
