using Amana.Matching;
using Amana.Server.Access;
using Amana.Server.Data;
using Amana.Server.Watchlists;
using Amana.Vocabulary;

namespace Amana.Server.Screening;

/// <summary>Asks the questions of earlier days again, against one record that was not there then. Who asked gets a hit that is marked as
/// found later, under the purpose of the question. For work of the server; the caller journals and saves, in a transaction.</summary>
public sealed class AskAgain
{
    public const int ChunkMax = 300;

    private readonly AmanaDb _db;
    private readonly ReadKeptQuestions _questions;
    private readonly HitBook _hits;
    private readonly ListShelf _shelf;
    private readonly ReadEntities _entities;
    private readonly QuestionPrints _prints;

    internal AskAgain(AmanaDb db, ReadKeptQuestions questions, HitBook hits, ListShelf shelf, ReadEntities entities, QuestionPrints prints) =>
        (_db, _questions, _hits, _shelf, _entities, _prints) = (db, questions, hits, shelf, entities, prints);

    /// <param name="maySee">Of a bureau: whether the record is there for it. Who may not see it learns nothing.</param>
    /// <returns>Null while the lists are being loaded.</returns>
    public async Task<AskedAgain?> ChunkAsync(string list, string id, DateTimeOffset after, DateTimeOffset until, Func<string, bool> maySee, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(maySee);
        var snapshot = _shelf.Current;
        if (!_shelf.IsReady || snapshot.Lists.FirstOrDefault(l => l.Name == list) is not { } on) return null;
        if (await _entities.FindAsync(on, id, cancel) is null) return new AskedAgain(until, true, 0, []);
        var page = await _questions.BetweenAsync(after, until, ChunkMax, cancel);
        var set = snapshot.SetOf([on]);
        var raised = new List<string>();
        // The same question of one bureau is one piece of work, however often it was asked. Who looked whether there is a notice already,
        // before writing this one, did not ask to find it.
        foreach (var kept in page.Questions.Where(q => q.Asked.Via is not AskedVia.Draft && maySee(q.Bureau)).GroupBy(q => (q.Bureau, q.Asked.Fingerprint)).Select(g => g.Last()))
        {
            var answers = set.Ask(kept.Question, new AskOptions
            {
                Limit = 1, MinScore = ScreenOne.ThresholdDefault, Admits = (index, place) => index.IdOf(place) == id && Schemata.MayAnswer(kept.Read.Schema, snapshot.ListOf(index).Places.SchemaOf(place)),
            });
            if (answers.Count == 0 || (await _entities.ForHitsAsync(snapshot, answers, cancel))[0] is not { } found) continue;
            var made = await _hits.KeepAsync(kept.Asked, [AskedFor.Of(kept.Read, _prints, [new FoundAnswer(answers[0], found)])], batch: null, Caller.OfServer(BureauCode.Of(kept.Bureau)), cancel);
            foreach (var hit in made[0].Values.Where(h => _db.Entry(h).State is Microsoft.EntityFrameworkCore.EntityState.Added))
            {
                hit.FoundLater = true;
                raised.Add(hit.Reference);
            }
        }

        return new AskedAgain(page.LookedTo, page.IsOver, page.Questions.Count, raised);
    }
}

/// <param name="Hits">References of the hits that were raised.</param>
public sealed record AskedAgain(DateTimeOffset LookedTo, bool IsOver, int Questions, IReadOnlyList<string> Hits);
