using Amana.Server.Access;
using Amana.Server.Data;
using Amana.Server.Foundation;
using Amana.Server.Journal;
using Microsoft.EntityFrameworkCore;

namespace Amana.Server.Witness;

/// <summary>A bureau of the directory asked us to witness its journal: from now on this server signs its checkpoints.</summary>
internal sealed class AgreeToLog(AmanaDb db, Gate gate, JournalWriter journal, TimeProvider clock)
{
    public sealed record Request(string? Origin);

    public async Task<Refusal?> RunAsync(Request request, Caller caller, CancellationToken cancel)
    {
        if (await gate.CheckAsync(caller, Right.ManageWitnesses, cancel) is { } forbidden) return forbidden;
        if (await db.Set<WitnessedLog>().SingleOrDefaultAsync(l => l.Origin == request.Origin && l.AgreedAt == null, cancel) is not { } log) return WitnessRefusals.NotFound;
        log.AgreedAt = clock.GetUtcNow();
        journal.Record(caller.Actor, "witnessed-log.added", log.Origin, details: new { log.Name, log.Key });
        await db.SaveChangesAsync(cancel);
        return null;
    }
}
