using Amana.Exchange.Directory;
using Amana.Exchange.Post;
using Amana.Server.Access;
using Amana.Server.Data;
using Amana.Server.Exchange.Post;
using Amana.Server.Foundation;
using Amana.Vocabulary;
using Microsoft.EntityFrameworkCore;

namespace Amana.Server.Exchange.Book;

/// <summary>Which bureaus there are, and how it goes with each.</summary>
internal sealed class ReadBureaus(AmanaDb db, Gate gate, BureauBook book, OwnCard own, DirectoryDesk desk, TimeProvider clock)
{
    /// <param name="Words">Of the key, to be read over the telephone.</param>
    /// <param name="IsGood">By the directory, now.</param>
    public sealed record KeyView(string Name, string Use, string Words, DateTimeOffset From, DateTimeOffset Until, DateTimeOffset? RevokedAt, bool IsGood);

    /// <param name="State">What the directory says: active, restricted, suspended.</param>
    /// <param name="LimitedFor">Why we limit it; null while we do not.</param>
    /// <param name="RefusedFor">Why we refuse it ourselves; null while we do not.</param>
    /// <param name="ComparedAt">When its key was last compared in words; null: never. <paramref name="ComparedStill"/>: that key is good still.</param>
    /// <param name="HasDirectory">Whether it said that it has the version that we go by; null where we do not send it.</param>
    /// <param name="Waiting">Letters to it that are on their way.</param>
    /// <param name="WaitingSince">Of the oldest of them.</param>
    public sealed record BureauView(
        string Bureau, IReadOnlyDictionary<string, string> Names, string Address, BureauState State, BureauContact? Contact, string? Relay, bool IsOurs, bool IsSecretariat,
        string? LimitedFor, string? RefusedFor, DateTimeOffset? RefusedAt, DateTimeOffset? ComparedAt, bool ComparedStill, DateTimeOffset? HeardAt, DateTimeOffset? ReachedAt, bool? HasDirectory,
        int Waiting, DateTimeOffset? WaitingSince, IReadOnlyList<KeyView> Keys);

    /// <param name="Words">Of the Secretariat's key that signed it.</param>
    public sealed record OfferView(string Signer, string Words, long Version, int Bureaus, DateTimeOffset At);

    /// <param name="Version">Of the directory; null: there is none.</param>
    /// <param name="OwnWords">Of our own key.</param>
    /// <param name="SignerWords">Of the Secretariat's key.</param>
    public sealed record View(
        string Own, string? OwnWords, string OwnAddress, bool IsSecretariat, string? Secretariat, string? SignerWords, long? Version, DateTimeOffset? IssuedAt, OfferView? Offer, BureauContact Contact,
        IReadOnlyList<BureauView> Bureaus);

    public async Task<Result<View>> RunAsync(Caller caller, CancellationToken cancel)
    {
        if (await gate.CheckAsync(caller, Right.ReadBureaus, cancel) is { } forbidden) return forbidden;
        var others = await db.Correspondents.AsNoTracking().ToDictionaryAsync(c => c.Bureau, cancel);
        // Count and first of each queue stand in the index; the rows of a long one are not read.
        var queues = await db.Deliveries.Where(d => d.State == DeliveryState.Waiting).GroupBy(d => d.Peer)
            .Select(g => new { Peer = g.Key, Count = g.Count(), First = g.Min(d => d.Number) }).ToListAsync(cancel);
        var firsts = queues.ConvertAll(q => q.First);
        var since = await db.Deliveries.Where(d => firsts.Contains(d.Number)).ToDictionaryAsync(d => d.Number, d => (DateTimeOffset?)d.QueuedAt, cancel);
        var waiting = queues.ToDictionary(q => q.Peer, q => (q.Count, Oldest: since.GetValueOrDefault(q.First)));
        var offer = await db.Directories.AsNoTracking().SingleOrDefaultAsync(d => d.Number == HeldDirectory.Offered, cancel);
        var pinned = book.Pinned;
        var card = await own.EntryAsync(cancel);
        return new View(book.Self.Value, own.Words(), card.Address.ToString(), desk.IsSecretariat, book.Secretariat?.Value, pinned is null ? null : KeyWords.Of(pinned.Signer.Key.Span),
            pinned?.Directory.Version, pinned?.Directory.IssuedAt,
            offer is null ? null : new(offer.SignerName, KeyWords.Of(offer.SignerKey), offer.Version, PinnedDirectory.Pin(offer.Form, offer.Signer, out var offered) is DirectoryFault.None ? offered!.Directory.Bureaus.Count : 0, offer.TakenAt),
            card.Contact ?? BureauContact.None,
            [.. book.All.OrderBy(b => b.Bureau.Value, StringComparer.Ordinal).Select(b => ViewOf(b, others.GetValueOrDefault(b.Bureau), waiting.TryGetValue(b.Bureau, out var w) ? w : (0, null)))]);
    }

    private BureauView ViewOf(BureauEntry entry, Correspondent? other, (int Count, DateTimeOffset? Oldest) waiting)
    {
        var now = clock.GetUtcNow();
        List<KeyView> keys = [.. entry.Signing.Select(k => ViewOf(k, "signing", now)), .. entry.Sealing.Select(k => ViewOf(k, "sealing", now))];
        return new(entry.Bureau.Value, entry.Names, entry.Address.ToString(), entry.State, entry.Contact, entry.Relay?.Value, entry.Bureau == book.Self, entry.Bureau == book.Secretariat,
            other?.LimitedFor, other?.RefusedFor, other?.RefusedAt, other?.ComparedAt, keys.Exists(k => k.IsGood && k.Words == other?.ComparedWords), other?.HeardAt, other?.ReachedAt,
            desk.IsSecretariat && other is not null ? other.HasVersion >= book.Pinned!.Directory.Version : null, waiting.Count, waiting.Oldest, keys);
    }

    private static KeyView ViewOf(DirectoryKey key, string use, DateTimeOffset now) =>
        new(key.Name, use, KeyWords.Of(key.Key.Span), key.From, key.Until, key.RevokedAt, key.IsGoodAt(now));
}
