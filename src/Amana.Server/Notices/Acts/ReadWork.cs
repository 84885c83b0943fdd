using Amana.Server.Access;
using Amana.Server.Data;
using Amana.Server.Foundation;
using Amana.Server.Screening;
using Microsoft.EntityFrameworkCore;

namespace Amana.Server.Notices;

/// <summary>What became of a notice: hits on it and their decisions, and what bureaus reported.</summary>
/// <param name="Hits">To the owner and reviewers those of every bureau, to others their own.</param>
/// <param name="Sightings">Likewise.</param>
/// <param name="Outcome">The latest report that its purpose is met.</param>
public sealed record WorkView(IReadOnlyList<HitOnRecord> Hits, IReadOnlyList<SightingView> Sightings, SightingView? Outcome)
{
    public static readonly WorkView Nothing = new([], [], null);
}

public sealed record SightingView(SightingKind Kind, DateOnly On, string Where, string Text, string Bureau, DateTimeOffset At);

/// <summary>Gathers it for a reader who may open the notice, which <see cref="ReadNotice"/> has made sure of.</summary>
internal sealed class ReadWork(AmanaDb db, ReadHitsOnRecord hits)
{
    private const int SightingsMax = 100;

    public async Task<WorkView> OfAsync(Notice notice, Caller caller, CancellationToken cancel)
    {
        if (notice.PublishedAt is null || notice.State is NoticeState.Deleted) return WorkView.Nothing;
        bool all = caller.Has(Right.ReviewNotices) || notice.Bureau == caller.Bureau;
        string own = caller.Bureau.Value;
        var reported = await db.Sightings.AsNoTracking().Where(s => s.Notice == notice.Id && (all || s.Bureau == own)).OrderByDescending(s => s.At).Take(SightingsMax).ToListAsync(cancel);
        var sightings = reported.ConvertAll(s => new SightingView(s.Kind, s.On, s.Where, s.Text, s.Bureau, s.At));
        return new WorkView(await hits.OfAsync(NoticeBoard.List, notice.Reference, all ? null : own, caller, cancel), sightings, sightings.Find(s => Sighting.IsFound(s.Kind)));
    }
}
