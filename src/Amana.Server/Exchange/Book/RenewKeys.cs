using Amana.Server.Access;
using Amana.Server.Data;
using Amana.Server.Exchange.Keys;
using Amana.Server.Foundation;
using Amana.Server.Journal;

namespace Amana.Server.Exchange.Book;

/// <summary>New signing and sealing keys at once, for one that may be known to somebody else. Revoking the old one is for the Secretariat.</summary>
internal sealed class RenewKeys(AmanaDb db, Gate gate, KeyRing keys, JournalWriter journal, DirectorySignal signal)
{
    public async Task<Refusal?> RunAsync(Caller caller, CancellationToken cancel)
    {
        if (await gate.CheckAsync(caller, Right.ManageBureaus, cancel) is { } forbidden) return forbidden;
        await keys.RenewAsync(db, journal, all: true, cancel);
        journal.Record(caller.Actor, "exchange-keys.renewed");
        await db.SaveChangesAsync(cancel);
        await keys.LoadAsync(db, cancel);
        signal.Ring();
        return null;
    }
}
