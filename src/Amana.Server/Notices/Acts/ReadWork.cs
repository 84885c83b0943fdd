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
/// <param name="Abroad">To the owner and reviewers: hits at bureaus with servers of their own, as they told us.</param>
/// <param name="Told">Of own hits on a notice of another server: what its owner was told.</param>
/// <param name="OwnerAbroad">Code of the owner when its server is another; null: it sees the hits here.</param>
public sealed record WorkView(
    IReadOnlyList<HitOnRecord> Hits, IReadOnlyList<SightingView> Sightings, SightingView? Outcome, IReadOnlyList<HitAbroadView> Abroad, IReadOnlyList<ToldHitView> Told, string? OwnerAbroad)
{
    public static readonly WorkView Nothing = new([], [], null, [], [], null);
}

public sealed record HitAbroadView(string Bureau, string Hit, DateTimeOffset FoundAt, Verdict? Verdict, DateTimeOffset ToldAt);

public sealed record ToldHitView(string Hit, Verdict? Verdict, DateTimeOffset At);

public sealed record SightingView(SightingKind Kind, DateOnly On, string Where, string Text, string Bureau, DateTimeOffset At);

/// <summary>Gathers it for a reader who may open the notice, which <see cref="ReadNotice"/> has made sure of.</summary>
internal sealed class ReadWork(AmanaDb db, ReadHitsOnRecord hits)
{
    private const int SightingsMax = 100, AbroadMax = 100;

    public async Task<WorkView> OfAsync(Notice notice, Caller caller, CancellationToken cancel)
    {
        if (notice.PublishedAt is null || notice.State is NoticeState.Deleted) return WorkView.Nothing;
        bool all = caller.Has(Right.ReviewNotices) || notice.Bureau == caller.Bureau;
        string own = caller.Bureau.Value;
        var reported = await db.Sightings.AsNoTracking().Where(s => s.Notice == notice.Id && (all || s.Bureau == own)).OrderByDescending(s => s.At).Take(SightingsMax).ToListAsync(cancel);
        var sightings = reported.ConvertAll(s => new SightingView(s.Kind, s.On, s.Where, s.Text, s.Bureau, s.At));
        var abroad = all ? await db.HitsAbroad.AsNoTracking().Where(h => h.Notice == notice.Id).OrderByDescending(h => h.FoundAt).Take(AbroadMax).ToListAsync(cancel) : [];
        var here = await hits.OfAsync(NoticeBoard.List, notice.Reference, all ? null : own, caller, cancel);
        // Of a hit behind a wall not even that it was told.
        var shown = here.Select(h => h.Reference).ToList();
        var told = await db.ToldHits.AsNoTracking().Where(t => t.Notice == notice.Id && shown.Contains(t.Hit)).ToListAsync(cancel);
        string? owner = notice.Bureau != caller.Bureau && await db.NoticeOrigins.AnyAsync(o => o.Notice == notice.Id, cancel) ? notice.Bureau.Value : null;
        return new WorkView(here, sightings, sightings.Find(s => Sighting.IsFound(s.Kind)),
            abroad.ConvertAll(h => new HitAbroadView(h.Bureau.Value, h.Hit, h.FoundAt, h.Verdict, h.ToldAt)), told.ConvertAll(t => new ToldHitView(t.Hit, t.Verdict, t.At)), owner);
    }
}
