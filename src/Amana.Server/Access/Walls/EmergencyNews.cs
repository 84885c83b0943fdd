using Amana.Server.Data;
using Amana.Server.Web;
using Microsoft.EntityFrameworkCore;

namespace Amana.Server.Access.Walls;

/// <summary>Makes emergencies loud: at once in the bell of the owner, of those inside and of compliance; the reviews beside the menu and on
/// the Desk, with the day by which each is due.</summary>
internal sealed class EmergencyNews(AmanaDb db, Kinds kinds, TimeProvider clock) : INotificationSource, IMenuCounter, IDeskSource
{
    /// <summary>How long those inside go on seeing that their record was opened.</summary>
    private static readonly TimeSpan ShownFor = EmergencyOpening.ReviewWithin;
    private const int ShownMost = 20;

    public string Address => "/audit/emergencies";

    public async Task<IReadOnlyList<Notification>> AtAsync(Caller caller, Texts texts, CancellationToken cancel)
    {
        var openings = caller.Has(Right.ReviewEmergencies) ? Waiting()
            : caller.Has(Right.RestrictRecords) ? await OfOwnAsync(caller, cancel)
            : null;
        if (openings is null) return [];
        var found = await openings.OrderByDescending(e => e.At).Take(ShownMost).ToListAsync(cancel);
        var names = await db.NamesOfAsync([.. found.Select(e => e.By).Distinct()], cancel);
        return found.ConvertAll(e => new Notification(
            "siren", texts.Say("emergency.news", ("who", names.GetValueOrDefault(e.By) ?? e.By), ("record", e.Record)), texts.Say("emergency.news-until", ("at", e.Until)),
            caller.Has(Right.ReviewEmergencies) ? Address : kinds.AddressOf(e.Record) ?? "/"));
    }

    public async Task<MenuCount> CountAsync(Caller caller, CancellationToken cancel)
    {
        if (!caller.Has(Right.ReviewEmergencies)) return default;
        return new MenuCount(await Waiting().CountAsync(cancel), CanBeLate: true);
    }

    async Task<DeskPart> IDeskSource.AtAsync(Caller caller, Texts texts, CancellationToken cancel)
    {
        if (!caller.Has(Right.ReviewEmergencies)) return new DeskPart();
        var waiting = await Waiting().OrderBy(e => e.At).Take(ShownMost).ToListAsync(cancel);
        if (waiting.Count == 0) return new DeskPart();
        var now = clock.GetUtcNow();
        return new DeskPart
        {
            Counters = [new DeskCounter(texts["menu.emergencies"], "siren", await Waiting().CountAsync(cancel), Address, IsLate: waiting[0].ReviewDueAt < now)],
            Queue = [.. waiting.Select(e => new QueueItem
            {
                Work = texts["emergency.to-review"], Icon = "siren", Subject = e.Record, Reference = e.Record, Address = Address, DueAt = e.ReviewDueAt, Since = e.At,
            })],
        };
    }

    private IQueryable<EmergencyOpening> Waiting() => db.Emergencies.AsNoTracking().Where(e => e.ReviewedAt == null);

    // By others, on records that admit the reader: those behind a wall that was lifted meanwhile concern nobody inside any more.
    private async Task<IQueryable<EmergencyOpening>> OfOwnAsync(Caller caller, CancellationToken cancel)
    {
        string who = caller.Actor.ToString();
        var since = clock.GetUtcNow() - ShownFor;
        var keys = (await db.WallKeysAsync(caller, cancel)).ToList();
        return db.Emergencies.AsNoTracking().Where(e => e.At > since && e.By != who && db.Set<Wall>().Any(w => w.Record == e.Record && (w.Owner == who || w.Admits.Any(a => keys.Contains(a.Who)))));
    }
}
