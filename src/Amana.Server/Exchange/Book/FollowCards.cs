using Amana.Exchange.Directory;
using Amana.Server.Data;
using Amana.Server.Exchange.Keys;
using Amana.Server.Foundation;
using Amana.Server.Journal;
using Microsoft.EntityFrameworkCore;

namespace Amana.Server.Exchange.Book;

/// <summary>Keeps the directory true to what bureaus say of themselves: the Secretariat's server puts waiting cards and its own into the next version, any other's
/// sends its card when it says more than the directory.</summary>
internal sealed class FollowCards(AmanaDb db, DirectoryTurn turn, DirectoryDesk desk, BureauBook book, OwnCard own, Outbox outbox, JournalWriter journal, TimeProvider clock)
{
    /// <param name="announced">The card that was sent last, so that it is not sent again while it is on its way.</param>
    /// <returns>The card that was sent last.</returns>
    public async Task<string?> RunAsync(string? announced, CancellationToken cancel)
    {
        using var alone = await turn.TakeAsync(cancel);
        if (book.Ours is not { } ours) return null;
        var said = await own.EntryAsync(cancel);
        if (desk.IsSecretariat)
        {
            await PublishAsync(said, cancel);
            return null;
        }

        if (!SaysMore(ours, said) || await own.SignAsync(cancel) is not { } card) return null;
        string what = string.Join(' ', said.Signing.Concat(said.Sealing).Select(k => k.Name)) + said.Address + said.Contact;
        if (what == announced || book.Secretariat is not { } secretariat) return announced;
        if (!outbox.Add(CardReader.KindWord, new CardReader.Body(card), [secretariat]).Succeeded(out _, out _)) return announced;
        journal.Record(Actor.Server, "bureau.card-sent", secretariat);
        await db.SaveChangesAsync(cancel);
        return what;
    }

    private async Task PublishAsync(BureauEntry said, CancellationToken cancel)
    {
        var waiting = await db.Set<PendingCard>().AsNoTracking().OrderBy(c => c.At).Take(100).ToListAsync(cancel);
        var bureaus = book.All.ToDictionary(b => b.Bureau);
        var changed = new List<string>();
        foreach (var pending in waiting)
        {
            // Asked again: since it came the key may have been revoked.
            if (BureauCard.Read(pending.Form, book.Pinned!.Directory, clock.GetUtcNow()) is { } card && card.Bureau == pending.Bureau && Put(card)) changed.Add(card.Bureau.Value);
        }

        if (Put(said)) changed.Add(said.Bureau.Value);
        if (changed.Count > 0)
        {
            var next = desk.Next([.. book.All.Select(b => bureaus[b.Bureau])]);
            desk.Record(Actor.Server, next, "directory.cards-followed", null, new { next.Directory.Version, bureaus = string.Join(' ', changed) });
            if (await desk.GoByAsync(next, cancel) is not null) return; // somebody was faster: with the next round
        }

        // Only what was read: a newer card of the same bureau may have come meanwhile.
        foreach (var done in waiting) await db.Set<PendingCard>().Where(c => c.Bureau == done.Bureau && c.Form == done.Form).ExecuteDeleteAsync(cancel);

        bool Put(BureauEntry card)
        {
            if (!bureaus.TryGetValue(card.Bureau, out var known) || !SaysMore(known, card)) return false;
            bureaus[card.Bureau] = known with { Address = card.Address, Contact = card.Contact, Signing = Joined(known.Signing, card.Signing), Sealing = Joined(known.Sealing, card.Sealing) };
            return true;
        }
    }

    private static bool SaysMore(BureauEntry known, BureauEntry said) =>
        known.Address != said.Address || (said.Contact is not null && known.Contact != said.Contact)
        || said.Signing.Any(k => known.Signing.All(d => d.Name != k.Name)) || said.Sealing.Any(k => known.Sealing.All(d => d.Name != k.Name));

    // What the directory says of a key stands: a card does not undo a revocation, nor change a key under its name. The oldest that are over make room.
    private List<DirectoryKey> Joined(IReadOnlyList<DirectoryKey> known, IReadOnlyList<DirectoryKey> said)
    {
        var all = known.Concat(said.Where(k => known.All(d => d.Name != k.Name))).OrderBy(k => k.From).ToList();
        return all.Count <= BureauDirectory.KeysMost ? all : [.. all.Where(k => k.Until + KeyRing.OpensAfter > clock.GetUtcNow()).TakeLast(BureauDirectory.KeysMost)];
    }
}
