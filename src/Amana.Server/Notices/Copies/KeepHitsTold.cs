using Amana.Server.Data;
using Amana.Server.Exchange;
using Amana.Server.Foundation;
using Amana.Server.Journal;
using Amana.Server.Screening;
using Microsoft.EntityFrameworkCore;

namespace Amana.Server.Notices;

/// <summary>An owner who was told of a hit is told as well when it comes to something else: that it was another person, or that the decision was taken back.</summary>
internal sealed class KeepHitsTold(IServiceScopeFactory scopes, TimeProvider clock, ILogger<KeepHitsTold> log) : TimedWork(Each, clock, log)
{
    private const int AtOnce = 500;
    private static readonly TimeSpan Each = TimeSpan.FromSeconds(20);

    protected override async Task RoundAsync(CancellationToken cancel)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<AmanaDb>();
        var told = await (from t in db.ToldHits join n in db.Notices on t.Notice equals n.Id where n.State == NoticeState.Published || n.State == NoticeState.Suspended select new { Told = t, n.Reference, n.Bureau }).ToListAsync(cancel);
        foreach (var some in told.Chunk(AtOnce))
        {
            var now = await scope.ServiceProvider.GetRequiredService<ReadHitsOnRecord>().VerdictsAsync([.. some.Select(t => t.Told.Hit)], cancel);
            foreach (var row in some)
            {
                // One that is deleted by now stays as it was told.
                if (now.TryGetValue(row.Told.Hit, out var hit) && hit.Verdict != row.Told.Verdict) Tell(scope.ServiceProvider, row.Told, row.Reference, row.Bureau, hit);
            }
        }

        await db.SaveChangesAsync(cancel);
    }

    private void Tell(IServiceProvider services, ToldHit told, string reference, Vocabulary.BureauCode owner, HitOnRecord hit)
    {
        var letter = new HitLetter(reference, told.Hit, hit.FoundAt, told.Number + 1, hit.Verdict);
        if (!services.GetRequiredService<Outbox>().Add(HitLetter.Kind, letter, [owner]).Succeeded(out var sent, out _)) return; // tried again with the next round
        told.Told(sent, hit.Verdict, Clock.GetUtcNow());
        services.GetRequiredService<JournalWriter>().Record(Actor.Server, "notice.hit-told-again", reference, details: new { hit = told.Hit, to = owner.Value, hit.Verdict });
    }
}
