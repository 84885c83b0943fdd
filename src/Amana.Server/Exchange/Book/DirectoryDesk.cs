using Amana.Exchange.Directory;
using Amana.Exchange.Envelopes;
using Amana.Server.Data;
using Amana.Server.Exchange.Post;
using Amana.Server.Foundation;
using Amana.Server.Journal;
using Amana.Server.Keys;
using Amana.Vocabulary;
using Microsoft.EntityFrameworkCore;

namespace Amana.Server.Exchange.Book;

/// <summary>One change of the directory at a time.</summary>
internal sealed class DirectoryTurn : Turns;

/// <summary>Writes the directory that we go by: a new version of our own, or one that came.</summary>
internal sealed class DirectoryDesk(AmanaDb db, BureauBook book, KeyFolder secrets, JournalWriter journal, IDatabaseEngine engine, DirectorySignal signal, TimeProvider clock)
{
    private const string SecretName = "exchange-directory-1", KeyWord = "directory-1";
    private const int SeedBytes = 32, SignerYears = 10;

    /// <summary>Whether this server signs the directory.</summary>
    public bool IsSecretariat => book.Secretariat == book.Self;

    /// <summary>The first version, with the key that signs it.</summary>
    public PinnedDirectory Found(BureauEntry first)
    {
        using var signer = OwnSigner();
        var now = Now();
        var key = new DirectoryKey(signer.Name, signer.PublicKey, now.AddHours(-1), now.AddYears(SignerYears));
        PinnedDirectory.Pin(PinnedDirectory.Sign(new(1, now, [first]), signer), key, out var pinned);
        return pinned ?? throw new InvalidOperationException("The first directory is not taken by ourselves.");
    }

    /// <summary>The next version, signed by us.</summary>
    public PinnedDirectory Next(IReadOnlyList<BureauEntry> bureaus)
    {
        var pinned = book.Pinned ?? throw new InvalidOperationException("There is no directory.");
        using var signer = OwnSigner();
        var fault = pinned.Follow(PinnedDirectory.Sign(new(pinned.Directory.Version + 1, Now(), bureaus), signer), out var next);
        return next ?? throw new InvalidOperationException($"Our own directory is not taken by ourselves: {fault}.");
    }

    /// <summary>Goes by it from now on. The caller has added its journal entry.</summary>
    /// <returns>Null; or that another act was quicker.</returns>
    public async Task<Refusal?> GoByAsync(PinnedDirectory pinned, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(pinned);
        var now = clock.GetUtcNow();
        if (await db.Directories.SingleOrDefaultAsync(d => d.Number == HeldDirectory.GoneBy, cancel) is { } held) held.Take(pinned, now);
        else db.Add(HeldDirectory.Of(HeldDirectory.GoneBy, pinned, now));
        var known = await db.Correspondents.Select(c => c.Bureau).ToListAsync(cancel);
        foreach (var bureau in pinned.Directory.Bureaus.Select(b => b.Bureau).Where(b => b != book.Self && !known.Contains(b)))
        {
            if (db.Correspondents.Local.All(c => c.Bureau != bureau)) db.Add(new Correspondent { Bureau = bureau });
        }

        if (await db.SaveOrRefuseAsync(engine, ExchangeRefusals.Meanwhile, cancel) is { } meanwhile) return meanwhile;
        await book.ReadAsync(db, cancel);
        signal.Ring();
        return null;
    }

    /// <summary>What changed, for the journal: codes and states alone.</summary>
    public void Record(Actor who, PinnedDirectory pinned, string fact, BureauCode? about = null, object? details = null)
    {
        ArgumentNullException.ThrowIfNull(pinned);
        journal.Record(who, fact, about?.Value, details: details ?? new { pinned.Directory.Version });
    }

    private LetterSigner OwnSigner() => LetterSigner.Of($"{book.Self}#{KeyWord}", secrets.Secret(SecretName, SeedBytes));

    private DateTimeOffset Now() => new(clock.GetUtcNow().Ticks / TimeSpan.TicksPerSecond * TimeSpan.TicksPerSecond, TimeSpan.Zero);
}
