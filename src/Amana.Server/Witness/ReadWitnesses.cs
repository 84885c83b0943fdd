using Amana.Server.Access;
using Amana.Server.Data;
using Amana.Server.Foundation;
using Microsoft.EntityFrameworkCore;

namespace Amana.Server.Witness;

/// <summary>Who witnesses this journal and how far each is, and which journals are witnessed here.</summary>
internal sealed class ReadWitnesses(AmanaDb db, Gate gate, WitnessKeys keys)
{
    /// <param name="Size">Entries under the last checkpoint that it signed.</param>
    /// <param name="Fault"><c>away</c>, <c>refused</c>, <c>ahead</c>, <c>signature</c>; null while it signs.</param>
    public sealed record WitnessView(string Name, string Address, string Key, long Size, DateTimeOffset? SeenAt, string? Fault, DateTimeOffset? FaultSince);

    public sealed record LogView(string Name, string Origin, string Key, long Size, DateTimeOffset? SeenAt);

    /// <param name="Key">What others verify this server's co-signatures with.</param>
    public sealed record View(string Key, IReadOnlyList<WitnessView> Witnesses, IReadOnlyList<LogView> Logs);

    public async Task<Result<View>> RunAsync(Caller caller, CancellationToken cancel)
    {
        if (await gate.CheckAsync(caller, Right.ReadJournal, cancel) is { } forbidden) return forbidden;
        var witnesses = await db.Set<OurWitness>().AsNoTracking().OrderBy(w => w.Name).Take(AddWitness.Most).ToListAsync(cancel);
        var logs = await db.Set<WitnessedLog>().AsNoTracking().OrderBy(l => l.Name).Take(AddWitnessedLog.Most).ToListAsync(cancel);
        return new View(keys.Signer.Verifier.ToString(),
            witnesses.ConvertAll(w => new WitnessView(w.Name, w.Address, w.Key, w.Size, w.SeenAt, w.Fault, w.FaultSince)),
            logs.ConvertAll(l => new LogView(l.Name, l.Origin, l.Key, l.Size, l.SeenAt)));
    }
}
