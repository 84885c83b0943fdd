using Amana.Exchange.Directory;
using Amana.Exchange.Envelopes;
using Amana.Server.Data;
using Amana.Server.Exchange.Keys;
using Amana.Server.Foundation;
using Microsoft.EntityFrameworkCore;

namespace Amana.Server.Exchange.Book;

/// <summary>What this bureau says of itself.</summary>
internal sealed class OwnCard(AmanaDb db, Instance instance, KeyRing keys, BureauBook book)
{
    /// <summary>Our entry with every key that we have.</summary>
    public async Task<BureauEntry> EntryAsync(CancellationToken cancel)
    {
        var record = await db.Set<InstanceRecord>().AsNoTracking().SingleAsync(cancel);
        var said = await db.Set<OwnContact>().AsNoTracking().SingleOrDefaultAsync(cancel);
        var names = book.Ours?.Names ?? BureauEntry.Languages.ToDictionary(l => l, l => l == "ar" ? record.BureauNameLocal ?? record.BureauName : record.BureauName, StringComparer.Ordinal);
        string address = said?.Address is { Length: > 0 } given ? given : instance.Address;
        return new(instance.Bureau, names, new Uri(address), BureauState.Active, keys.Known(KeyUse.Signing), keys.Known(KeyUse.Sealing),
            said is null ? null : new BureauContact(said.Phone, said.Mail, said.Hours), book.Ours?.Relay);
    }

    /// <summary>Signed with a key that others know, or before they know any with the first that it names.</summary>
    /// <returns>Null when no key of ours is known to others any more: then people compare anew.</returns>
    public async Task<string?> SignAsync(CancellationToken cancel) =>
        keys.SignerFor(book.Ours) is { } signer ? BureauCard.Sign(await EntryAsync(cancel), signer.Letters) : null;

    /// <summary>The key that people read to each other.</summary>
    public string? Words() => keys.SignerFor(book.Ours) is { } signer ? KeyWords.Of(signer.Letters.PublicKey) : null;
}

/// <summary>How others reach us. One row.</summary>
internal sealed class OwnContact
{
    public int Number { get; init; } = 1;
    public string Phone { get; set; } = "";
    public string Mail { get; set; } = "";
    public string Hours { get; set; } = "";
    /// <summary>Where our server takes envelopes, as others see it; empty: the address that it listens on.</summary>
    public string Address { get; set; } = "";
}
