using System.Globalization;
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
    private const string KeyStem = "directory-";
    private const int SeedBytes = 32, SignerYears = 10;

    /// <summary>Whether this server signs the directory.</summary>
    public bool IsSecretariat => book.Secretariat == book.Self;

    /// <summary>The first version, with the key that signs it.</summary>
    public PinnedDirectory Found(BureauEntry first)
    {
        using var signer = SignerOf($"{book.Self}#{KeyStem}1");
        PinnedDirectory.Pin(PinnedDirectory.Sign(new(1, Now(), [first]), signer), GoodFromNow(signer.Name, signer.PublicKey), out var pinned);
        return pinned ?? throw new InvalidOperationException("The first directory is not taken by ourselves.");
    }

    /// <summary>A key that did not sign yet, with its secret in the folder of keys. The same again until it signs.</summary>
    public DirectoryKey NextSigner()
    {
        string last = book.Pinned!.Signer.Name;
        int number = int.Parse(last[(last.LastIndexOf('-') + 1)..], CultureInfo.InvariantCulture);
        using var signer = SignerOf(string.Create(CultureInfo.InvariantCulture, $"{book.Self}#{KeyStem}{number + 1}"));
        return GoodFromNow(signer.Name, signer.PublicKey);
    }

    /// <summary>The next version, in which the present key says that the proposed one will sign later.</summary>
    public PinnedDirectory Announce(SignerProposal proposal)
    {
        ArgumentNullException.ThrowIfNull(proposal);
        var pinned = book.Pinned!;
        using var signer = SignerOf(pinned.Signer.Name);
        return Taken(pinned, new(pinned.Directory.Version + 1, Now(), book.All, GoodFromNow(proposal.KeyName, proposal.Public)), signer);
    }

    /// <summary>The next version, signed with the proposed key, which nothing announced.</summary>
    public PinnedDirectory Replace(SignerProposal proposal)
    {
        ArgumentNullException.ThrowIfNull(proposal);
        using var signer = SignerOf(proposal.KeyName);
        PinnedDirectory.Pin(PinnedDirectory.Sign(new(book.Pinned!.Directory.Version + 1, Now(), book.All), signer), GoodFromNow(proposal.KeyName, proposal.Public), out var pinned);
        return pinned ?? throw new InvalidOperationException("The directory under another key is not taken by ourselves.");
    }

    /// <summary>The next version, signed by us: with the key that is announced, if there is one.</summary>
    public PinnedDirectory Next(IReadOnlyList<BureauEntry> bureaus)
    {
        var pinned = book.Pinned ?? throw new InvalidOperationException("There is no directory.");
        using var signer = SignerOf((pinned.Directory.NextSigner ?? pinned.Signer).Name);
        return Taken(pinned, new(pinned.Directory.Version + 1, Now(), bureaus), signer);
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

    private static PinnedDirectory Taken(PinnedDirectory pinned, BureauDirectory directory, LetterSigner signer)
    {
        var fault = pinned.Follow(PinnedDirectory.Sign(directory, signer), out var next);
        return next ?? throw new InvalidOperationException($"Our own directory is not taken by ourselves: {fault}.");
    }

    private LetterSigner SignerOf(string name) => LetterSigner.Of(name, secrets.Secret("exchange-" + name[(name.IndexOf('#', StringComparison.Ordinal) + 1)..], SeedBytes));

    private DirectoryKey GoodFromNow(string name, byte[] key) => new(name, key, Now().AddHours(-1), Now().AddYears(SignerYears));

    private DateTimeOffset Now() => new(clock.GetUtcNow().Ticks / TimeSpan.TicksPerSecond * TimeSpan.TicksPerSecond, TimeSpan.Zero);
}
