using System.Globalization;
using Amana.Exchange.Directory;
using Amana.Exchange.Envelopes;
using Amana.Exchange.Requests;
using Amana.Server.Data;
using Amana.Server.Foundation;
using Amana.Server.Journal;
using Amana.Server.Keys;
using Microsoft.EntityFrameworkCore;

namespace Amana.Server.Exchange.Keys;

/// <summary>Our keys: signs letters and requests, opens what is sealed for us.</summary>
internal sealed class KeyRing(KeyFolder secrets, Instance instance, TimeProvider clock) : IDisposable
{
    /// <summary>NIST SP 800-57 part 1, 5.3.6: signing keys one to three years, keys that others seal with much less, so that a stolen one opens little.</summary>
    public static readonly TimeSpan SigningLasts = TimeSpan.FromDays(730), SealingLasts = TimeSpan.FromDays(90);

    /// <summary>How long what was sealed with an old key may still be on its way: as long as the post tries.</summary>
    public static readonly TimeSpan OpensAfter = TimeSpan.FromDays(30);

    private const int SeedBytes = 32;
    private sealed record Signer(OwnKey Key, LetterSigner Letters, RequestSigner Requests);

    private readonly Lock _loading = new();
    private volatile IReadOnlyList<Signer> _signers = [];
    private volatile IReadOnlyList<(OwnKey Key, OpeningKey Opens)> _openers = [];

    /// <summary>Every key of ours that has not ended, newest first.</summary>
    public IReadOnlyList<DirectoryKey> Known(KeyUse use) => use is KeyUse.Signing ? [.. _signers.Select(s => s.Key.ToDirectoryKey())] : [.. _openers.Select(o => o.Key.ToDirectoryKey())];

    /// <summary>Those that open what comes.</summary>
    public IReadOnlyList<OpeningKey> Openers => [.. _openers.Select(o => o.Opens)];

    /// <summary>The newest key that others know; before there is a directory, the newest of all.</summary>
    /// <returns>Null when the directory has none of ours that is good now.</returns>
    public (LetterSigner Letters, RequestSigner Requests)? SignerFor(BureauEntry? ours)
    {
        var now = clock.GetUtcNow();
        var found = _signers.FirstOrDefault(s => ours is null || ours.SigningKeyAt(s.Key.Name, now)?.AsSpan().SequenceEqual(s.Key.Public) is true);
        return found is null ? null : (found.Letters, found.Requests);
    }

    /// <summary>Makes what is missing or has only a third of its time left. The caller saves, then calls <see cref="LoadAsync"/>.</summary>
    /// <returns>Whether there is a new one.</returns>
    public async Task<bool> RenewAsync(AmanaDb db, JournalWriter journal, bool all, CancellationToken cancel)
    {
        var known = await db.Set<OwnKey>().AsNoTracking().ToListAsync(cancel);
        bool any = false;
        foreach (var use in Enum.GetValues<KeyUse>())
        {
            var lasts = use is KeyUse.Signing ? SigningLasts : SealingLasts;
            if (!all && known.Any(k => k.Use == use && k.Until - clock.GetUtcNow() > lasts / 3)) continue;
            var made = Make(use, lasts, known);
            db.Add(made);
            journal.Record(Actor.Server, "exchange-key.made", made.Name, details: new { use, made.Until, words = KeyWords.Of(made.Public) });
            any = true;
        }

        return any;
    }

    public async Task LoadAsync(AmanaDb db, CancellationToken cancel)
    {
        var now = clock.GetUtcNow();
        var rows = await db.Set<OwnKey>().AsNoTracking().OrderByDescending(k => k.From).ThenByDescending(k => k.Name).ToListAsync(cancel);
        lock (_loading)
        {
            _signers = [.. rows.Where(k => k.Use is KeyUse.Signing && k.Until > now).Select(k => _signers.FirstOrDefault(s => s.Key.Name == k.Name) ?? SignerOf(k))];
            _openers = [.. rows.Where(k => k.Use is KeyUse.Sealing && k.Until + OpensAfter > now).Select(k => _openers.FirstOrDefault(o => o.Key.Name == k.Name) is { Key: not null } known ? known : (k, OpenerOf(k)))];
        }
    }

    public void Dispose()
    {
        foreach (var signer in _signers)
        {
            signer.Letters.Dispose();
            signer.Requests.Dispose();
        }

        foreach (var (_, opens) in _openers) opens.Dispose();
    }

    private OwnKey Make(KeyUse use, TimeSpan lasts, List<OwnKey> known)
    {
        // Good from a moment ago: the clocks of others are not ours.
        var from = new DateTimeOffset(clock.GetUtcNow().Ticks / TimeSpan.TicksPerSecond * TimeSpan.TicksPerSecond, TimeSpan.Zero).AddHours(-1);
        string stem = string.Create(CultureInfo.InvariantCulture, $"{instance.Bureau}#{(use is KeyUse.Signing ? 's' : 'e')}-{clock.GetUtcNow():yyyyMMdd}-");
        string name = Enumerable.Range(1, 1_000).Select(i => stem + i.ToString(CultureInfo.InvariantCulture)).First(n => known.TrueForAll(k => k.Name != n));
        using var opens = use is KeyUse.Sealing ? OpeningKey.Of(name, secrets.Secret(OwnKey.SecretOf(name), NewOpeningKey)) : null;
        using var signs = use is KeyUse.Signing ? LetterSigner.Of(name, secrets.Secret(OwnKey.SecretOf(name), SeedBytes)) : null;
        return new OwnKey { Name = name, Use = use, Public = opens?.Public.ToSpki() ?? signs!.PublicKey, From = from, Until = from + lasts };
    }

    private static byte[] NewOpeningKey()
    {
        using var key = OpeningKey.New("XXX#new");
        return key.Export();
    }

    private Signer SignerOf(OwnKey key)
    {
        byte[] seed = secrets.Secret(key.Secret, SeedBytes);
        var signer = new Signer(key, LetterSigner.Of(key.Name, seed), RequestSigner.Of(seed, key.Name));
        // A folder of keys that is not of this database would sign what nobody believes.
        return signer.Letters.PublicKey.AsSpan().SequenceEqual(key.Public) ? signer : throw new KeyException($"The secret of the key {key.Name} is not in the folder of keys.");
    }

    private OpeningKey OpenerOf(OwnKey key)
    {
        var opens = OpeningKey.Of(key.Name, secrets.Secret(key.Secret, NewOpeningKey));
        return opens.Public.ToSpki().AsSpan().SequenceEqual(key.Public) ? opens : throw new KeyException($"The secret of the key {key.Name} is not in the folder of keys.");
    }
}
