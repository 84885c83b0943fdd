using Amana.Exchange.Directory;
using Amana.Server.Access;
using Amana.Server.Data;
using Amana.Server.Foundation;
using Amana.Server.Journal;
using Microsoft.EntityFrameworkCore;

namespace Amana.Server.Exchange.Book;

/// <summary>How others reach this bureau: stands on its card, and in the next version of the directory.</summary>
internal sealed class SayContact(AmanaDb db, Gate gate, JournalWriter journal, DirectorySignal signal)
{
    /// <param name="Address">Of our server as others see it; empty: the one that it listens on.</param>
    public sealed record Request(string? Phone, string? Mail, string? Hours, string? Address);

    public async Task<Refusal?> RunAsync(Request request, Caller caller, CancellationToken cancel)
    {
        if (await gate.CheckAsync(caller, Right.ManageBureaus, cancel) is { } forbidden) return forbidden;
        if (!EntryRules.IsContact(request.Phone) || !EntryRules.IsContact(request.Mail) || !EntryRules.IsContact(request.Hours)) return ExchangeRefusals.Contact;
        string address = (request.Address ?? "").Trim();
        if (address.Length > 0 && !BureauEntry.IsAddress(address)) return ExchangeRefusals.Address;
        var row = await db.Set<OwnContact>().SingleOrDefaultAsync(cancel);
        if (row is null) db.Add(row = new OwnContact());
        (row.Phone, row.Mail, row.Hours, row.Address) = ((request.Phone ?? "").Trim(), (request.Mail ?? "").Trim(), (request.Hours ?? "").Trim(), address);
        journal.Record(caller.Actor, "bureau.contact-said", details: new { row.Phone, row.Mail, row.Hours, row.Address });
        await db.SaveChangesAsync(cancel);
        signal.Ring();
        return null;
    }
}
