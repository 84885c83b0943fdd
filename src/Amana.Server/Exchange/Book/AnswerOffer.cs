using Amana.Exchange.Directory;
using Amana.Server.Access;
using Amana.Server.Data;
using Amana.Server.Foundation;
using Amana.Server.Journal;
using Microsoft.EntityFrameworkCore;

namespace Amana.Server.Exchange.Book;

/// <summary>First contact, or after the Secretariat lost its key: people compared the key in words and go by its directory from now on, or do not.</summary>
internal sealed class AnswerOffer(AmanaDb db, Gate gate, DirectoryTurn turn, DirectoryDesk desk, BureauBook book, JournalWriter journal)
{
    /// <param name="Words">As somebody at the Secretariat read them over the telephone.</param>
    /// <param name="Accept">False: the offer is forgotten.</param>
    public sealed record Request(string? Words, bool Accept);

    public async Task<Refusal?> RunAsync(Request request, Caller caller, CancellationToken cancel)
    {
        if (await gate.CheckAsync(caller, Right.ManageBureaus, cancel) is { } forbidden) return forbidden;
        using var alone = await turn.TakeAsync(cancel);
        if (await db.Directories.SingleOrDefaultAsync(d => d.Number == HeldDirectory.Offered, cancel) is not { } offer) return ExchangeRefusals.NoOffer;
        if (!request.Accept)
        {
            db.Remove(offer);
            if (await db.Directories.SingleOrDefaultAsync(d => d.Number == HeldDirectory.GoneBy, cancel) is { } held) held.SignerAwaitedAt = null;
            journal.Record(caller.Actor, "directory.offer-declined", offer.SignerName);
            await db.SaveChangesAsync(cancel);
            return null;
        }

        bool isAwaited = await db.Directories.AnyAsync(d => d.Number == HeldDirectory.GoneBy && d.SignerAwaitedAt != null, cancel);
        if (book.Pinned is not null && !isAwaited) return ExchangeRefusals.DirectoryThere;
        string words = KeyWords.Of(offer.SignerKey);
        if (!EntryRules.AreWords(request.Words, words)) return ExchangeRefusals.Words;
        if (PinnedDirectory.Pin(offer.Form, offer.Signer, out var pinned) is not DirectoryFault.None) return ExchangeRefusals.DirectoryUnreadable;
        db.Remove(offer);
        desk.Record(caller.Actor, pinned!, "directory.joined", null, new { pinned!.Directory.Version, offer.SignerName, words });
        return await desk.GoByAsync(pinned, cancel);
    }
}
