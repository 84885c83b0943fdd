using System.Collections.Frozen;
using Amana.Exchange.Directory;
using Amana.Server.Data;
using Amana.Server.Exchange.Book;
using Amana.Server.Foundation;
using Amana.Vocabulary;
using Microsoft.EntityFrameworkCore;

namespace Amana.Server.Exchange;

/// <summary>The directory of bureaus as we go by it now, with whom we refuse ourselves. In memory; read anew after each change.</summary>
public sealed class BureauBook(Instance instance, TimeProvider clock)
{
    private sealed record State(PinnedDirectory? Pinned, FrozenDictionary<BureauCode, BureauEntry> ByCode, FrozenSet<BureauCode> Refused, FrozenSet<BureauCode> Limited, long Stamp);

    private volatile State _state = new(null, FrozenDictionary<BureauCode, BureauEntry>.Empty, [], [], 0);

    public BureauCode Self => instance.Bureau;

    /// <summary>All bureaus of the directory, ours too, by code; empty before there is one.</summary>
    public IReadOnlyList<BureauEntry> All => _state.Pinned?.Directory.Bureaus ?? [];

    /// <summary>Null before this bureau goes by one.</summary>
    internal PinnedDirectory? Pinned => _state.Pinned;

    /// <summary>The bureau whose server signs the directory; null before there is one.</summary>
    public BureauCode? Secretariat => _state.Pinned is { } pinned ? Amana.Exchange.Envelopes.KeyName.BureauOf(pinned.Signer.Name) : null;

    /// <summary>Another number whenever the directory or our own terms may have changed, and after each start: whoever keeps what depends on them looks again.</summary>
    public long Stamp => _state.Stamp;

    public BureauEntry? Find(BureauCode bureau) => _state.ByCode.GetValueOrDefault(bureau);

    public BureauEntry? Ours => Find(Self);

    /// <summary>Whether we refuse it ourselves.</summary>
    public bool Refuses(BureauCode bureau) => _state.Refused.Contains(bureau);

    /// <summary>Whether somebody decides on each thing between it and us: restricted in the directory, or limited by ourselves. What it sends that would act here by itself, a notice, waits for a reviewer;
    /// what would go to it without being meant for it, a new notice for all, does not go. Messages of people to people go both ways.</summary>
    public bool IsLimited(BureauCode bureau) => Find(bureau) is { State: BureauState.Restricted } || _state.Limited.Contains(bureau);

    /// <summary>Whether letters go to it and are taken from it: in the directory, not suspended, not refused by us, not ourselves.</summary>
    public bool Exchanges(BureauCode bureau) => bureau != Self && Find(bureau) is { State: not BureauState.Suspended } && !Refuses(bureau);

    /// <summary>For signatures of letters and receipts: 32 bytes of the key of that name, good at that moment.</summary>
    public byte[]? SigningKey(string name, DateTimeOffset at) => _state.Pinned?.Directory.SigningKey(name, at);

    internal async Task ReadAsync(AmanaDb db, CancellationToken cancel)
    {
        var held = await db.Set<HeldDirectory>().AsNoTracking().SingleOrDefaultAsync(d => d.Number == HeldDirectory.GoneBy, cancel);
        var terms = await db.Set<Correspondent>().AsNoTracking().Where(c => c.RefusedFor != null || c.LimitedFor != null).Select(c => new { c.Bureau, IsRefused = c.RefusedFor != null, IsLimited = c.LimitedFor != null }).ToListAsync(cancel);
        PinnedDirectory? pinned = null;
        if (held is not null && PinnedDirectory.Pin(held.Form, held.Signer, out pinned) is not DirectoryFault.None)
        {
            throw new InvalidDataException("The directory of bureaus in the database is not as it was signed.");
        }

        _state = new(pinned, (pinned?.Directory.Bureaus ?? []).ToFrozenDictionary(b => b.Bureau), terms.Where(t => t.IsRefused).Select(t => t.Bureau).ToFrozenSet(), terms.Where(t => t.IsLimited).Select(t => t.Bureau).ToFrozenSet(), Math.Max(_state.Stamp + 1, clock.GetUtcNow().UtcTicks));
    }
}
