using System.Globalization;
using Amana.Sealing.Logs;
using Amana.Server.Data;
using Amana.Server.Foundation;
using Amana.Server.Journal;

namespace Amana.Server.Access;

/// <summary>A file that proves one entry of the journal to anybody, without this server: for a court, an oversight body, another bureau.</summary>
internal sealed class SaveEntryProof(AmanaDb db, Gate gate, JournalWriter journal, ReadJournal entries, EntryProofs proofs)
{
    private const long NoEntry = 0; // entries are numbered from 1

    /// <param name="Number">The journal's own number of the entry, from 1.</param>
    public sealed record Request(long Number);

    public async Task<Result<EntryProof>> RunAsync(Request request, Caller caller, CancellationToken cancel)
    {
        if (await gate.CheckAsync(caller, Right.ReadJournal, cancel) is { } forbidden) return forbidden;
        // What the reader may not know of is not there, under its number neither.
        var seen = ReviewJournal.AsSeenBy(caller, new(Before: Math.Clamp(request.Number, 0, long.MaxValue - 1) + 1, Limit: 1));
        bool isSeen = (await entries.RunAsync(seen, withContent: false, cancel)).Succeeded(out var page, out _) && page.Entries is [{ Number: var newest }] && newest == request.Number;
        var result = await proofs.OfAsync(isSeen ? request.Number : NoEntry, cancel);
        if (!result.Succeeded(out _, out _)) return result;
        journal.Record(caller.Actor, "journal.proof-saved", request.Number.ToString(CultureInfo.InvariantCulture));
        await db.SaveChangesAsync(cancel);
        return result;
    }
}
