using Amana.Server.Access;
using Amana.Server.Data;
using Amana.Server.Foundation;
using Amana.Server.Journal;
using Microsoft.EntityFrameworkCore;

namespace Amana.Server.Notices;

/// <summary>The officer's own watches with what they told; compliance sees all of the bureau.</summary>
internal sealed class ListWatches(AmanaDb db, Gate gate, JournalWriter journal, TimeProvider clock)
{
    private const int RowsMax = 200, AlertsMax = 50;

    public sealed record Request;

    /// <param name="Caption">Empty once it has ended.</param>
    public sealed record Row(Id<PersonWatch> Id, string Caption, string? CaptionOriginal, string LegalBasis, string Purpose, string By, DateTimeOffset MadeAt, DateTimeOffset Until, DateTimeOffset? EndedAt, bool IsOwn,
        IReadOnlyList<Alert> Alerts);

    public sealed record Alert(DateTimeOffset At, string Bureau, string Purpose, double Score, bool IsNew);

    public async Task<Result<IReadOnlyList<Row>>> RunAsync(Request request, Caller caller, CancellationToken cancel)
    {
        bool reviews = caller.Has(Right.ReviewNotices);
        if (await gate.CheckAsync(caller, reviews ? Right.ReviewNotices : Right.Screen, cancel) is { } forbidden) return forbidden;
        string bureau = caller.Bureau.Value, me = caller.Actor.ToString();
        var watches = await db.PersonWatches.AsNoTracking().Where(w => w.Bureau == bureau && (reviews || w.By == me)).OrderBy(w => w.EndedAt != null).ThenByDescending(w => w.MadeAt).Take(RowsMax).ToListAsync(cancel);
        var ids = watches.ConvertAll(w => w.Id);
        var alerts = await db.WatchAlerts.Where(a => ids.Contains(a.Watch)).OrderByDescending(a => a.At).Take(RowsMax * AlertsMax).ToListAsync(cancel);
        var rows = watches.ConvertAll(w => new Row(w.Id, w.Content.Caption, w.Content.CaptionOriginal, w.Content.Text("summary") ?? "", w.Purpose, w.By, w.MadeAt, w.Until, w.EndedAt, w.By == me,
            [.. alerts.Where(a => a.Watch == w.Id).Take(AlertsMax).Select(a => new Alert(a.At, a.Bureau, a.Purpose, a.Score, a.SeenAt is null && w.By == me))]));
        var own = watches.Where(w => w.By == me).Select(w => w.Id).ToHashSet();
        foreach (var alert in alerts.Where(a => a.SeenAt is null && own.Contains(a.Watch))) alert.SeenAt = clock.GetUtcNow();
        journal.Record(caller.Actor, "watches.listed", details: new { watches = watches.Count, all = reviews });
        await db.SaveChangesAsync(cancel);
        return rows;
    }
}
