using System.Security.Cryptography;
using System.Text;
using Amana.Exchange.Post;
using Amana.Server.Data;
using Amana.Server.Foundation;
using Amana.Server.Journal;
using Amana.Vocabulary;
using Microsoft.EntityFrameworkCore;

namespace Amana.Server.Exchange.Relay;

/// <summary>What we hold for others, in the database.</summary>
internal sealed class RelayStore(IServiceScopeFactory scopes, BureauBook book, IDatabaseEngine engine, TimeProvider clock) : IRelayStore
{
    private const int HeldMost = 10_000;
    private static readonly TimeSpan KeptDone = TimeSpan.FromDays(1);

    public async Task<HeldEnvelope?> HoldAsync(BureauCode from, BureauCode to, byte[] envelope, CancellationToken cancel)
    {
        string hash = Convert.ToHexStringLower(SHA256.HashData([.. Encoding.ASCII.GetBytes($"{to}\n"), .. envelope]));
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<AmanaDb>();
        if (await db.RelayedEnvelopes.AsNoTracking().SingleOrDefaultAsync(e => e.Hash == hash, cancel) is { } known) return known.ToHeld();
        if (await db.RelayedEnvelopes.CountAsync(e => e.DoneAt == null && e.To == to, cancel) >= HeldMost) return null;
        var held = new RelayedEnvelope { Hash = hash, From = from, To = to, At = clock.GetUtcNow(), Envelope = envelope };
        db.Add(held);
        scope.ServiceProvider.GetRequiredService<JournalWriter>().Record(Actor.Server, "letter.relayed", hash[..16], details: new { from = from.Value, to = to.Value, bytes = envelope.Length });
        try
        {
            await db.SaveChangesAsync(cancel);
        }
        catch (DbUpdateException failed) when (engine.FaultOf(failed) is DatabaseFault.Twice)
        {
            // It came twice at the same moment.
            return await WithAsync(async (other, cancel) => (await other.RelayedEnvelopes.AsNoTracking().SingleAsync(e => e.Hash == hash, cancel)).ToHeld(), cancel);
        }

        return held.ToHeld();
    }

    public Task<IReadOnlyList<BureauCode>> RecipientsAsync(CancellationToken cancel) => WithAsync<IReadOnlyList<BureauCode>>(async (db, cancel) =>
        await db.RelayedEnvelopes.Where(e => e.DoneAt == null).Select(e => e.To).Distinct().ToListAsync(cancel), cancel);

    public Task<HeldEnvelope?> HeadAsync(BureauCode to, CancellationToken cancel)
    {
        List<BureauCode> senders = [.. book.All.Select(b => b.Bureau).Where(book.Exchanges)];
        return WithAsync(async (db, cancel) =>
            (await db.RelayedEnvelopes.AsNoTracking().Where(e => e.DoneAt == null && e.To == to && senders.Contains(e.From)).OrderBy(e => e.At).FirstOrDefaultAsync(cancel))?.ToHeld(), cancel);
    }

    public Task DoneAsync(string hash, LineAnswer answer, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(answer);
        var now = clock.GetUtcNow();
        // The first answer stays, when two brought it at once.
        return WithAsync(async (db, cancel) => await db.RelayedEnvelopes.Where(e => e.Hash == hash && e.DoneAt == null)
            .ExecuteUpdateAsync(set => set.SetProperty(e => e.Receipt, answer.Receipt).SetProperty(e => e.Refusal, answer.Refusal).SetProperty(e => e.DoneAt, now).SetProperty(e => e.Envelope, (byte[]?)null), cancel), cancel);
    }

    /// <summary>What was delivered a day ago, and what nobody took as long as the post tries.</summary>
    public Task ForgetAsync(CancellationToken cancel)
    {
        var (done, given) = (clock.GetUtcNow() - KeptDone, clock.GetUtcNow() - RetryPace.GiveUpAfter);
        return WithAsync(async (db, cancel) => await db.RelayedEnvelopes.Where(e => (e.DoneAt != null && e.DoneAt < done) || e.At < given).ExecuteDeleteAsync(cancel), cancel);
    }

    private async Task<T> WithAsync<T>(Func<AmanaDb, CancellationToken, Task<T>> work, CancellationToken cancel)
    {
        await using var scope = scopes.CreateAsyncScope();
        return await work(scope.ServiceProvider.GetRequiredService<AmanaDb>(), cancel);
    }
}
