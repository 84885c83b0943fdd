using System.Globalization;
using Amana.Sealing.Logs;
using Amana.Server.Data;
using Amana.Server.Foundation;
using Amana.Server.Journal;

namespace Amana.Server.Access;

/// <summary>A file that proves one entry of the journal to anybody, without this server: for a court, an oversight body, another bureau.</summary>
internal sealed class SaveEntryProof(AmanaDb db, Gate gate, JournalWriter journal, EntryProofs proofs)
{
    /// <param name="Number">The journal's own number of the entry, from 1.</param>
    public sealed record Request(long Number);

    public async Task<Result<EntryProof>> RunAsync(Request request, Caller caller, CancellationToken cancel)
    {
        if (await gate.CheckAsync(caller, Right.ReadJournal, cancel) is { } forbidden) return forbidden;
        var result = await proofs.OfAsync(request.Number, cancel);
        if (!result.Succeeded(out _, out _)) return result;
        journal.Record(caller.Actor, "journal.proof-saved", request.Number.ToString(CultureInfo.InvariantCulture));
        await db.SaveChangesAsync(cancel);
        return result;
    }
}
