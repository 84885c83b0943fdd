using Amana.Server.Access;
using Amana.Server.Data;
using Amana.Server.Exchange;
using Amana.Server.Foundation;
using Amana.Server.Journal;
using Microsoft.EntityFrameworkCore;

namespace Amana.Server.Witness;

/// <summary>Who witnesses this journal and how far each is, and which journals are witnessed here.</summary>
internal sealed class ReadWitnesses(AmanaDb db, Gate gate, WitnessKeys keys, BureauBook book) : IJournalWitnesses
{
    /// <param name="Size">Entries under the last checkpoint that it signed.</param>
    /// <param name="Bureau">Of the directory, over the exchange; null: at its address.</param>
    /// <param name="Fault"><c>away</c>, <c>asked</c>, <c>refused</c>, <c>ahead</c>, <c>signature</c>; null while it signs.</param>
    public sealed record WitnessView(string Name, string Address, string Key, long Size, DateTimeOffset? SeenAt, string? Fault, DateTimeOffset? FaultSince, string? Bureau);

    /// <param name="IsAsked">Its bureau asks, and people here have yet to agree.</param>
    public sealed record LogView(string Name, string Origin, string Key, long Size, DateTimeOffset? SeenAt, string? Bureau, bool IsAsked);

    /// <param name="Key">What others verify this server's co-signatures with.</param>
    /// <param name="Bureaus">Codes of those of the directory that could be asked to witness.</param>
    public sealed record View(string Key, IReadOnlyList<WitnessView> Witnesses, IReadOnlyList<LogView> Logs, IReadOnlyList<string> Bureaus);

    public async Task<Result<View>> RunAsync(Caller caller, CancellationToken cancel)
    {
        if (await gate.CheckAsync(caller, Right.ReadJournal, cancel) is { } forbidden) return forbidden;
        var witnesses = await db.Set<OurWitness>().AsNoTracking().OrderBy(w => w.Name).Take(AddWitness.Most).ToListAsync(cancel);
        var logs = await db.Set<WitnessedLog>().AsNoTracking().OrderBy(l => l.Name).Take(AddWitnessedLog.Most).ToListAsync(cancel);
        return new View(keys.Signer.Verifier.ToString(),
            witnesses.ConvertAll(w => new WitnessView(w.Name, w.Address, w.Key, w.Size, w.SeenAt, w.Fault, w.FaultSince, w.Bureau)),
            logs.ConvertAll(l => new LogView(l.Name, l.Origin, l.Key, l.Size, l.SeenAt, l.Bureau, l.AgreedAt is null)),
            [.. book.All.Select(b => b.Bureau).Where(b => book.Exchanges(b) && witnesses.TrueForAll(w => w.Bureau != b.Value)).Select(b => b.Value).Order(StringComparer.Ordinal)]);
    }

    public async Task<IReadOnlyList<IJournalWitnesses.Cosigned>> SignedAsync(CancellationToken cancel)
    {
        var signed = await db.Set<OurWitness>().AsNoTracking().Where(w => w.SeenAt != null && w.Size > 0).OrderByDescending(w => w.Size).Take(AddWitness.Most).ToListAsync(cancel);
        return signed.ConvertAll(w => new IJournalWitnesses.Cosigned(w.Name, w.Size, w.SeenAt!.Value));
    }
}
