using System.Text.Json;
using Amana.Exchange.Envelopes;
using Amana.Exchange.Post;
using Amana.Server.Data;
using Amana.Server.Foundation;
using Amana.Server.Journal;
using Amana.Vocabulary;
using Microsoft.EntityFrameworkCore;

namespace Amana.Server.Exchange.Post;

/// <summary>The rows of the post office in the database.</summary>
internal sealed class PostStore(IServiceScopeFactory scopes, IDatabaseEngine engine, ReachedBook reached, PostSignal signal, TimeProvider clock) : IPostStore
{
    private const int DroppedAtOnce = 200;

    public Task<IReadOnlyList<OutgoingLetter>> HeadsAsync(CancellationToken cancel) => WithAsync<IReadOnlyList<OutgoingLetter>>(async (db, cancel) =>
    {
        // One step in the index for each bureau, however long its queue is: a join with the first row of each would number all that wait.
        var deliveries = db.Deliveries;
        var firsts = await db.Correspondents.Select(c => deliveries.Where(d => d.State == DeliveryState.Waiting && d.Peer == c.Bureau).Min(d => (long?)d.Number)).Where(n => n != null).ToListAsync(cancel);
        if (firsts.Count == 0) return [];
        return (await db.Deliveries.AsNoTracking().Where(d => firsts.Contains(d.Number)).ToListAsync(cancel)).ConvertAll(d => d.ToOutgoing());
    }, cancel);

    public Task<WaitingLetters> NextAsync(BureauCode peer, CancellationToken cancel) => WithAsync(async (db, cancel) =>
    {
        var first = await (from d in db.Deliveries.AsNoTracking()
                           join l in db.PostedLetters on d.Letter equals l.Id
                           where d.State == DeliveryState.Waiting && d.Peer == peer
                           orderby d.Number
                           select new { Delivery = d, l.Bytes }).Take(PostOffice.LettersMost + 1).ToListAsync(cancel);
        if (first.Count == 0) return new WaitingLetters([], true);
        int bytes = 0;
        var ids = first.TakeWhile((f, i) => (bytes += f.Bytes) <= PostOffice.BytesMost || i == 0).Take(PostOffice.LettersMost).Select(f => f.Delivery.Letter).ToList();
        var envelopes = await db.PostedLetters.Where(l => ids.Contains(l.Id)).Select(l => new { l.Id, l.Envelope }).ToDictionaryAsync(l => l.Id, l => l.Envelope, cancel);
        return new WaitingLetters(
            [.. first.Take(ids.Count).Select(f => (f.Delivery.ToOutgoing(), envelopes[f.Delivery.Letter] ?? throw new InvalidOperationException($"The envelope of {f.Delivery.Letter} is gone though it is waited for.")))],
            ids.Count == first.Count);
    }, cancel);

    public async Task SaveAsync(IReadOnlyList<OutgoingLetter> letters, CancellationToken cancel)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<AmanaDb>();
        var now = clock.GetUtcNow();
        var deliveries = db.Deliveries;
        var numbers = letters.Select(l => l.Number).ToList();
        var rows = await db.Deliveries.Where(d => numbers.Contains(d.Number)).Select(d => new { Row = d, IsToOthers = deliveries.Any(o => o.Letter == d.Letter && o.Number != d.Number) }).ToDictionaryAsync(d => d.Row.Number, cancel);
        foreach (var letter in letters)
        {
            if (!rows[letter.Number].Row.Follow(letter, now)) continue;
            if (letter.State is DeliveryState.Delivered && !rows[letter.Number].IsToOthers) DropEnvelope(db, letter.Letter); // in the same step
            if (letter.State is DeliveryState.Refused or DeliveryState.Dead)
            {
                scope.ServiceProvider.GetRequiredService<JournalWriter>().Record(Actor.Server, letter.State is DeliveryState.Dead ? "letter.dead" : "letter.refused", letter.Letter, details: new { to = letter.Peer.Value, letter.Fault, letter.Attempts });
            }
        }

        if (letters[0] is { State: DeliveryState.Delivered, Peer: var reachedPeer } && reached.IsNews(reachedPeer, now) && await db.Correspondents.SingleOrDefaultAsync(c => c.Bureau == reachedPeer, cancel) is { } peer) peer.ReachedAt = now;
        await db.SaveChangesAsync(cancel);
        // Given up between our reading and our writing: a refusal that came meanwhile does not bring it back to a person.
        var ended = letters.Where(l => l.State is DeliveryState.Refused or DeliveryState.Dead).Select(l => l.Number).ToList();
        if (ended.Count > 0) await db.Deliveries.Where(d => ended.Contains(d.Number) && d.GivenUpFor != null && d.State != DeliveryState.Delivered).ExecuteUpdateAsync(set => set.SetProperty(d => d.State, DeliveryState.GivenUp), cancel);
        foreach (var letter in letters.Where(l => l.State is DeliveryState.Delivered && rows[l.Number].IsToOthers)) await DropIfAllHaveItAsync(db, letter.Letter, cancel);
    }

    // What is left is what we signed. A statement of its own, so that two deliveries that end at once both look.
    private static async Task DropIfAllHaveItAsync(AmanaDb db, Guid letter, CancellationToken cancel)
    {
        if (await db.Deliveries.AnyAsync(d => d.Letter == letter && d.State != DeliveryState.Delivered && d.State != DeliveryState.GivenUp, cancel)) return;
        await Needless(db).Where(l => l.Id == letter).ExecuteUpdateAsync(set => set.SetProperty(l => l.Envelope, (byte[]?)null), cancel);
    }

    // What waits is sent, and what is refused or dead may be sent again.
    private static IQueryable<PostedLetter> Needless(AmanaDb db)
    {
        var deliveries = db.Deliveries;
        return db.PostedLetters.Where(l => l.Envelope != null && !deliveries.Any(d => d.Letter == l.Id && d.State != DeliveryState.Delivered && d.State != DeliveryState.GivenUp));
    }

    /// <summary>Drops envelopes that nobody needs any more: of letters that were given up, and of those to many where the server was killed after the last receipt was stored and before
    /// the envelope went.</summary>
    /// <returns>How many.</returns>
    public Task<int> DropNeedlessAsync(CancellationToken cancel) => WithAsync(async (db, cancel) =>
    {
        // Looked for by reading, which holds up nobody; then a few at a time.
        var ids = await Needless(db).Select(l => l.Id).ToListAsync(cancel);
        int dropped = 0;
        foreach (var some in ids.Chunk(DroppedAtOnce)) dropped += await Needless(db).Where(l => some.Contains(l.Id)).ExecuteUpdateAsync(set => set.SetProperty(l => l.Envelope, (byte[]?)null), cancel);
        return dropped;
    }, cancel);

    private static void DropEnvelope(AmanaDb db, Guid letter)
    {
        var stub = new PostedLetter { Id = letter, Kind = "", WrittenAt = default, Bytes = 0 };
        db.Attach(stub);
        db.Entry(stub).Property(l => l.Envelope).IsModified = true; // that alone is written: nothing
    }

    public Task HurryAsync(BureauCode peer, DateTimeOffset now, CancellationToken cancel) => WithAsync(async (db, cancel) =>
    {
        var head = await db.Deliveries.Where(d => d.State == DeliveryState.Waiting && d.Peer == peer).OrderBy(d => d.Number).Select(d => new { d.Number, d.NextAt }).FirstOrDefaultAsync(cancel);
        if (head is null || head.NextAt <= now) return 0;
        int changed = await db.Deliveries.Where(d => d.Number == head.Number && d.State == DeliveryState.Waiting && d.NextAt > now).ExecuteUpdateAsync(set => set.SetProperty(d => d.NextAt, now), cancel);
        signal.Ring([peer]);
        return changed;
    }, cancel);

    public async Task<Taken> TakeAsync(Letter letter, Arrival arrival, CancellationToken cancel)
    {
        try
        {
            return await TakeOnceAsync(letter, arrival, cancel);
        }
        catch (DbUpdateException failed) when (engine.FaultOf(failed) is DatabaseFault.Twice)
        {
            // It came twice at the same moment.
            return await WithAsync((db, cancel) => KnownAsync(db, arrival, cancel), cancel) is { } known ? known : throw new IOException("The letter could not be stored.", failed);
        }
    }

    private async Task<Taken> TakeOnceAsync(Letter letter, Arrival arrival, CancellationToken cancel)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<AmanaDb>();
        if (await KnownAsync(db, arrival, cancel) is { } known) return known;
        if (scope.ServiceProvider.GetKeyedService<ILetterReader>(letter.Kind) is not { } reader) return Taken.Refused("kind");
        bool isSaved = false;
        try
        {
            if (await ReadAsync(reader, letter, arrival.At, cancel) is { } refusal) return Taken.Refused(refusal);
            db.Add(new ArrivedLetter
            {
                Id = arrival.Letter, From = arrival.From, Kind = letter.Kind, WrittenAt = letter.At, ArrivedAt = arrival.At, Receipt = arrival.Receipt, SignedForm = arrival.SignedForm,
            });
            if (!QuietKinds.All.Contains(letter.Kind)) scope.ServiceProvider.GetRequiredService<JournalWriter>().Record(Actor.Server, "letter.taken", letter.Id, details: new { from = letter.From.Value, letter.Kind });
            await db.SaveChangesAsync(cancel);
            isSaved = true;
            return arrival;
        }
        finally
        {
            await reader.AfterAsync(isSaved, CancellationToken.None); // a turn is given back whatever happens
        }
    }

    private static async Task<Arrival?> KnownAsync(AmanaDb db, Arrival arrival, CancellationToken cancel) =>
        await db.ArrivedLetters.AsNoTracking().SingleOrDefaultAsync(l => l.From == arrival.From && l.Id == arrival.Letter, cancel) is { } row
            ? new Arrival(row.Id, row.From, row.ArrivedAt, row.SignedForm ?? "", row.Receipt) : null;

    private static async Task<string?> ReadAsync(ILetterReader reader, Letter letter, DateTimeOffset at, CancellationToken cancel)
    {
        using var body = JsonDocument.Parse(letter.Body, new JsonDocumentOptions { MaxDepth = 64 });
        try
        {
            return await reader.TakeAsync(new(letter.Id, letter.From, letter.To, letter.At, at, body.RootElement), cancel);
        }
        catch (JsonException)
        {
            return "body"; // not of the form that its kind has
        }
    }

    private async Task<T> WithAsync<T>(Func<AmanaDb, CancellationToken, Task<T>> work, CancellationToken cancel)
    {
        await using var scope = scopes.CreateAsyncScope();
        return await work(scope.ServiceProvider.GetRequiredService<AmanaDb>(), cancel);
    }
}
