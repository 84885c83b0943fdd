using Amana.Lists;
using Amana.Matching;
using Amana.Server.Data;
using Amana.Server.Foundation;
using Amana.Server.Journal;
using Amana.Server.Screening;
using Microsoft.EntityFrameworkCore;

namespace Amana.Server.Notices;

/// <summary>Compares new questions with the persons who are watched, a few seconds after they were answered: nothing in an answer, and no
/// time that it takes, tells the asker of a watch. Ends watches whose day has come.</summary>
internal sealed class KeepWatch(IServiceScopeFactory scopes, TimeProvider clock, ILogger<KeepWatch> log) : TimedWork(Every, clock, log)
{
    private const int QuestionsAtOnce = 300, WatchesMax = 10_000;
    private const double Least = 0.7;
    private static readonly TimeSpan Every = TimeSpan.FromSeconds(5);
    /// <summary>A question is saved a moment after its time is taken.</summary>
    private static readonly TimeSpan Behind = TimeSpan.FromSeconds(3);

    protected override async Task RoundAsync(CancellationToken cancel)
    {
        while (!await LookAsync(Clock.GetUtcNow() - Behind, cancel)) { }
    }

    /// <returns>True when all questions up to then have been compared.</returns>
    public async Task<bool> LookAsync(DateTimeOffset until, CancellationToken cancel)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<AmanaDb>();
        var journal = scope.ServiceProvider.GetRequiredService<JournalWriter>();
        var watches = await db.PersonWatches.Where(w => w.EndedAt == null).OrderBy(w => w.LookedTo).Take(WatchesMax).ToListAsync(cancel);
        if (watches.Count == 0) return true;
        EndThoseThatAreOver(watches, journal);
        var open = watches.Where(w => w.IsOpen).ToDictionary(w => w.Id.ToString(), StringComparer.Ordinal);
        var page = open.Count == 0 ? new KeptQuestions([], until, true)
            : await scope.ServiceProvider.GetRequiredService<ReadKeptQuestions>().BetweenAsync(open.Values.Min(w => w.LookedTo), until, QuestionsAtOnce, cancel);
        if (page.Questions.Count > 0)
        {
            using var index = MatchIndex.Build(open.Values.Select(SubjectOf), cancel);
            foreach (var question in page.Questions)
            {
                foreach (var hit in index.Ask(question.Question, new AskOptions { Limit = open.Count, MinScore = Least })) Tell(open[hit.SubjectId], question, hit.Score, db, journal);
            }
        }

        // Who has nothing new is not written again each time: only the row that is farthest behind holds the next look back.
        foreach (var watch in open.Values.Where(w => w.LookedTo < page.LookedTo && (page.Questions.Count > 0 || !page.IsOver || page.LookedTo - w.LookedTo > TimeSpan.FromMinutes(10)))) watch.LookedTo = page.LookedTo;
        if (db.ChangeTracker.HasChanges()) await db.SaveChangesAsync(cancel);
        return page.IsOver;
    }

    private void EndThoseThatAreOver(IEnumerable<PersonWatch> watches, JournalWriter journal)
    {
        var now = Clock.GetUtcNow();
        foreach (var watch in watches.Where(w => w.Until <= now))
        {
            watch.End(Actor.Server.ToString(), now);
            journal.Record(Actor.Server, "watch.ended", watch.Id, details: new { watch.By });
        }
    }

    private void Tell(PersonWatch watch, KeptQuestion question, double score, AmanaDb db, JournalWriter journal)
    {
        if (question.At <= watch.LookedTo || question.Who == watch.By) return;
        db.WatchAlerts.Add(new WatchAlert { Id = Id<WatchAlert>.New(Clock), Watch = watch.Id, At = question.At, Bureau = question.Bureau, Purpose = question.Purpose, Score = score });
        journal.Record(Actor.Server, "watch.told", watch.Id, details: new { question = question.Key, score = Math.Round(score, 4), watch.By });
    }

    private static Subject SubjectOf(PersonWatch watch)
    {
        var fields = Listing.QuestionOf(watch.Content).GroupBy(f => f.Field, StringComparer.Ordinal).ToDictionary(g => g.Key switch { "country" => "nationality", var name => name }, g => (IReadOnlyList<string>)[.. g.Select(f => f.Text)], StringComparer.Ordinal);
        return Subjects.Of(new ListedEntity { Id = watch.Id.ToString(), Schema = "Person", Caption = watch.Content.Caption, Properties = fields });
    }
}
