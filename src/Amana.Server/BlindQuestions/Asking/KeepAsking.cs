using Amana.Server.Data;
using Amana.Server.Foundation;
using Amana.Server.Journal;
using Microsoft.EntityFrameworkCore;

namespace Amana.Server.BlindQuestions.Asking;

/// <summary>A question was put.</summary>
internal sealed class AskBell : Bell;

/// <summary>Asks the bureaus of each question that waits, all at once; what has not answered when the time is over is not reached.</summary>
internal sealed class KeepAsking(IServiceScopeFactory scopes, AskBell bell, TimeProvider clock, ILogger<KeepAsking> log) : TimedWork(Each, clock, log, atOnce: true, bell)
{
    private static readonly TimeSpan Each = TimeSpan.FromSeconds(2), TryFor = BlindAsk.Together - TimeSpan.FromSeconds(10);

    protected override async Task RoundAsync(CancellationToken cancel)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<AmanaDb>();
        var put = scope.ServiceProvider.GetRequiredService<PutBlindQuestion>();
        foreach (var ask in await db.BlindAsks.Include(a => a.Replies).Where(a => !a.IsDone).OrderBy(a => a.AskedAt).Take(20).ToListAsync(cancel))
        {
            var now = Clock.GetUtcNow();
            bool isLast = now - ask.AskedAt >= TryFor;
            var keys = BlindKeys.Of(ask.About);
            var waiting = ask.Replies.FindAll(r => r.State is BlindState.Waiting);
            var answers = await Task.WhenAll(waiting.Select(r => put.RunAsync(r.Bureau, keys, ask.Purpose, cancel)));
            for (int i = 0; i < waiting.Count; i++)
            {
                if (answers[i].State is BlindState.NotReached && !isLast) continue; // once more
                (waiting[i].State, waiting[i].Word, waiting[i].At) = (answers[i].State, answers[i].Word, Clock.GetUtcNow());
            }

            if (ask.Replies.TrueForAll(r => r.State is not BlindState.Waiting))
            {
                ask.IsDone = true;
                scope.ServiceProvider.GetRequiredService<JournalWriter>().Record(Actor.Server, "blind.replied", ask.Reference,
                    content: ask.Replies.Select(r => new { bureau = r.Bureau.Value, r.State, r.Word }));
            }

            await db.SaveChangesAsync(cancel);
        }
    }
}
