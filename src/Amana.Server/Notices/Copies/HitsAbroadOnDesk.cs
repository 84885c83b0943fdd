using Amana.Server.Access;
using Amana.Server.Data;
using Amana.Server.Screening;
using Amana.Server.Web;
using Microsoft.EntityFrameworkCore;

namespace Amana.Server.Notices;

/// <summary>On the Desk and among the notes of who works on notices: hits at other bureaus that nobody here has looked at yet.</summary>
internal sealed class HitsAbroadOnDesk(AmanaDb db) : IDeskSource, INotificationSource
{
    private const int QueueMost = 50, NotesMost = 5;

    public async Task<DeskPart> AtAsync(Caller caller, Texts texts, CancellationToken cancel) => new()
    {
        Queue = [.. (await FreshAsync(caller, QueueMost, cancel)).Select(h => new QueueItem
        {
            Work = WorkOf(h.Hit, texts), Icon = "crosshair", Subject = h.Notice.Caption.Length > 0 ? h.Notice.Caption : h.Notice.Reference, SubjectSecond = h.Notice.CaptionOriginal,
            Reference = h.Notice.Reference, Address = $"/notices/{h.Notice.Reference}", From = h.Hit.Bureau.Value, Since = h.Hit.ToldAt,
        })],
    };

    async Task<IReadOnlyList<Notification>> INotificationSource.AtAsync(Caller caller, Texts texts, CancellationToken cancel) =>
        [.. (await FreshAsync(caller, NotesMost, cancel)).Select(h => new Notification("crosshair", WorkOf(h.Hit, texts), h.Notice.Reference, $"/notices/{h.Notice.Reference}"))];

    private static string WorkOf(HitAbroad hit, Texts texts) => texts.Say(hit.Verdict is Verdict.SamePerson ? "notices.hit-abroad-same" : "notices.hit-abroad", ("bureau", hit.Bureau.Value));

    private async Task<List<(HitAbroad Hit, Notice Notice)>> FreshAsync(Caller caller, int most, CancellationToken cancel)
    {
        if (!caller.Has(Right.DraftNotices)) return [];
        var fresh = await (from h in db.HitsAbroad join n in db.Notices.VisibleTo(caller) on h.Notice equals n.Id where h.SeenAt == null && h.Verdict != Verdict.NotTheSame orderby h.ToldAt descending select new { Hit = h, Notice = n })
            .AsNoTracking().Take(most).ToListAsync(cancel);
        return fresh.ConvertAll(f => (f.Hit, f.Notice));
    }
}
