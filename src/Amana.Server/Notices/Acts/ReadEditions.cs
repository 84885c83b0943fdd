using Amana.Server.Access;
using Amana.Server.Data;
using Amana.Server.Foundation;
using Microsoft.EntityFrameworkCore;

namespace Amana.Server.Notices;

/// <summary>What stands beside a notice: addenda, which are read before it, and what it said earlier or would say.</summary>
/// <param name="Amends">Of an amendment: the notice.</param>
/// <param name="AtWork">Of a notice: the amendment that somebody writes or reviews, for who works on it.</param>
/// <param name="Changes">Of an amendment: against what is in force.</param>
public sealed record EditionsView(string? Amends, string? AtWork, IReadOnlyList<AddendumView> Addenda, IReadOnlyList<EditionView> Earlier, IReadOnlyList<ChangeView> Changes);

/// <param name="Texts">By language: ar, en, fr, es; one at least.</param>
/// <param name="Replaced">Another one has taken its place.</param>
public sealed record AddendumView(Id<AddendumView> Id, AddendumKind Kind, string Bureau, DateTimeOffset At, int Edition, IReadOnlyDictionary<string, string> Texts, bool Replaced);

/// <param name="Changes">What the next edition changed.</param>
public sealed record EditionView(int Number, DateTimeOffset From, DateTimeOffset Until, IReadOnlyList<ChangeView> Changes);

public sealed record ChangeView(string Field, IReadOnlyList<string> Before, IReadOnlyList<string> Now);

/// <summary>Gathers them for a reader who may open the notice, which <see cref="ReadNotice"/> has made sure of.</summary>
internal sealed class ReadEditions(AmanaDb db, Gate gate)
{
    public async Task<EditionsView> OfAsync(Notice notice, Caller caller, CancellationToken cancel)
    {
        var addenda = await db.NoticeAddenda.AsNoTracking().Where(a => a.Notice == notice.Id).OrderByDescending(a => a.At).ToListAsync(cancel);
        var earlier = await db.NoticeEditions.AsNoTracking().Where(e => e.Notice == notice.Id).OrderByDescending(e => e.Number).ToListAsync(cancel);
        string? amends = null, atWork = null;
        IReadOnlyList<ChangeView> changes = [];
        if (notice.Amends is { } amended)
        {
            var inForce = await db.Notices.AsNoTracking().SingleAsync(n => n.Id == amended, cancel);
            amends = inForce.Reference;
            if (notice.State is not (NoticeState.Deleted or NoticeState.TakenUp)) changes = Between(inForce.Content, notice.Content, _ => true);
        }
        else
        {
            atWork = (await gate.Reach(db.Notices.AsNoTracking().VisibleTo(caller), caller).Where(n => n.Amends == notice.Id).Select(n => new { n.Reference, n.State }).ToListAsync(cancel)).Find(n => n.State.IsAtWork)?.Reference;
        }

        var after = earlier.Select(e => e.Content).Prepend(notice.Content).ToList();
        return new EditionsView(amends, atWork,
            [.. addenda.Select(a => new AddendumView(new(a.Id.Value), a.Kind, a.Bureau, a.At, a.Edition, a.Texts, a.ReplacedBy is not null))],
            [.. earlier.Select((e, i) => new EditionView(e.Number, e.From, e.Until, Between(e.Content, after[i], field => IsShown(notice, field, caller))))], changes);
    }

    /// <summary>Who may not see a notice is a matter between its owner and the reviewers.</summary>
    public static bool IsShown(Notice notice, string field, Caller caller) => field != "except" || notice.Bureau == caller.Bureau || caller.Has(Right.ReviewNotices);

    private static List<ChangeView> Between(NoticeContent before, NoticeContent now, Func<string, bool> shown) =>
        [.. now.ChangedFrom(before).Where(shown).OrderBy(PlaceOf).Select(field => new ChangeView(field, before.All(field), now.All(field)))];

    private static int PlaceOf(string field) => NoticeRules.Own.Fields.Index().FirstOrDefault(f => f.Item.Name == field).Index;
}
