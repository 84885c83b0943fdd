using System.Text.Json;
using Amana.Matching;
using Amana.Server.Access;
using Amana.Server.Data;
using Amana.Server.Foundation;
using Amana.Server.Watchlists;
using Microsoft.EntityFrameworkCore;
using Answer = Amana.Matching.Hit;

namespace Amana.Server.Screening;

/// <summary>An answer with its record, on the way to becoming a hit.</summary>
internal sealed record FoundAnswer(Answer Answer, FoundEntity Found)
{
    public string RecordFingerprint { get; } = Fingerprint.Of(Found.Entity);
}

/// <summary>A question on the way into the book of hits.</summary>
internal sealed record AskedFor(ReadQuestion Question, string Fingerprint, long? BatchLine, IReadOnlyList<FoundAnswer> Answers)
{
    public static AskedFor Of(ReadQuestion question, QuestionPrints prints, IReadOnlyList<FoundAnswer> answers, long? line = null) =>
        new(question, prints.Of(question.Question), line, answers);
}

/// <summary>Makes hits of answers, knowing what was settled before. Adds to the context; the caller saves, in a transaction.</summary>
internal sealed class HitBook(AmanaDb db, Gate gate, IDatabaseEngine engine, TimeProvider clock)
{
    /// <summary>The pairs of one question that somebody has called "not the same", by list and record. A pair whose hit the asker may
    /// not see is not there for the asker.</summary>
    public async Task<IReadOnlyDictionary<(string List, string Entity), SettledPair>> SettledAsync(string bureau, string fingerprint, Caller caller, CancellationToken cancel)
    {
        var pairs = await Settled(bureau, [fingerprint], caller).ToListAsync(cancel);
        return pairs.ToDictionary(p => (p.List, p.EntityId));
    }

    /// <summary>By list and record, whom to ask about hits on it that are restricted. Those that are concealed are not there.</summary>
    public async Task<IReadOnlyDictionary<(string List, string Entity), string>> RestrictedAsync(IReadOnlyCollection<FoundAnswer> answers, Caller caller, CancellationToken cancel)
    {
        var entities = answers.Select(a => a.Answer.SubjectId).Distinct().ToList();
        var lists = answers.Select(a => a.Found.List.Name).Distinct().ToList();
        var hits = entities.Count == 0 ? [] : await gate.Barred(db.Hits.AsNoTracking().VisibleTo(caller), caller).Where(h => lists.Contains(h.List) && entities.Contains(h.EntityId))
            .Select(h => new { h.List, h.EntityId, h.Reference }).ToListAsync(cancel);
        var ask = await gate.WhomToAskAsync(hits.ConvertAll(h => h.Reference), cancel);
        return hits.GroupBy(h => (h.List, h.EntityId)).ToDictionary(g => g.Key, g => ask[g.First().Reference]);
    }

    // A pair whose hit was deleted still counts; one whose hit is behind a wall does not, for who is outside.
    private IQueryable<SettledPair> Settled(string bureau, IReadOnlyCollection<string> fingerprints, Caller caller)
    {
        var all = db.Hits.Where(h => h.Bureau == bureau);
        var reached = gate.Reach(all, caller);
        return db.SettledPairs.Where(p => p.Bureau == bureau && fingerprints.Contains(p.QuestionFingerprint)
            && (!all.Any(h => h.Id == p.Hit) || reached.Any(h => h.Id == p.Hit)));
    }

    /// <summary>New hits, hits opened again because their record has changed, and open ones that were there already. What the caller may
    /// not see is as if it were not there: the caller gets a hit of the own.</summary>
    /// <returns>By question, then list and record, the hit; settled pairs that still hold have none.</returns>
    public async Task<IReadOnlyList<IReadOnlyDictionary<(string, string), Hit>>> KeepAsync(
        AskedQuestion asked, IReadOnlyList<AskedFor> questions, Id<Batch>? batch, Caller caller, CancellationToken cancel)
    {
        var fingerprints = questions.Select(q => q.Fingerprint).Distinct(StringComparer.Ordinal).ToList();
        // A row of a batch is a row of work of its own; a question asked again is not, also when it is asked twice at one moment.
        if (batch is null) await TakeTurnsAsync(asked.Bureau, fingerprints, cancel);
        var settled = await Settled(asked.Bureau, fingerprints, caller).ToListAsync(cancel);
        var open = batch is not null ? [] : await gate.Reach(db.Hits, caller).Where(h => h.Bureau == asked.Bureau && h.State == HitState.Open && fingerprints.Contains(h.QuestionFingerprint)).ToListAsync(cancel);
        var kept = new List<IReadOnlyDictionary<(string, string), Hit>>();
        var fresh = new List<(AskedFor Of, FoundAnswer Answer, Dictionary<(string, string), Hit> Into)>();
        foreach (var question in questions)
        {
            var hits = new Dictionary<(string, string), Hit>();
            kept.Add(hits);
            foreach (var answer in question.Answers)
            {
                var key = (answer.Found.List.Name, answer.Answer.SubjectId);
                var pair = settled.FirstOrDefault(p => p.QuestionFingerprint == question.Fingerprint && (p.List, p.EntityId) == key);
                if (pair is not null && pair.HoldsFor(answer.RecordFingerprint)) continue;
                var known = open.FirstOrDefault(h => h.QuestionFingerprint == question.Fingerprint && (h.List, h.EntityId) == key);
                if (known is null && pair is not null) known = await ReopenAsync(pair, answer, cancel);
                if (known is not null) hits[key] = known;
                else fresh.Add((question, answer, hits));
            }
        }
        await AddAsync(asked, fresh, batch, cancel);
        return kept;
    }

    // In one order, so that two who keep several questions do not wait for each other.
    private async Task TakeTurnsAsync(string bureau, IEnumerable<string> fingerprints, CancellationToken cancel)
    {
        foreach (string fingerprint in fingerprints.Order(StringComparer.Ordinal)) await engine.TakeTurnAsync(db, $"hits:{bureau}:{fingerprint}", cancel);
    }

    private async Task AddAsync(
        AskedQuestion asked, List<(AskedFor Of, FoundAnswer Answer, Dictionary<(string, string), Hit> Into)> fresh, Id<Batch>? batch, CancellationToken cancel)
    {
        if (fresh.Count == 0) return;
        int year = clock.GetUtcNow().Year;
        long serial = await db.TakeSerialsAsync(Reference.OfHit, year, fresh.Count, cancel);
        foreach (var (of, answer, into) in fresh)
        {
            var hit = New(asked, of, answer, batch, Reference.Of(Reference.OfHit, year, serial++));
            db.Hits.Add(hit);
            into[(hit.List, hit.EntityId)] = hit;
        }
    }

    private Hit New(AskedQuestion asked, AskedFor of, FoundAnswer answer, Id<Batch>? batch, string reference) => new()
    {
        Id = Id<Hit>.New(clock),
        Reference = reference,
        Bureau = asked.Bureau,
        FoundAt = clock.GetUtcNow(),
        Question = asked.Id,
        Purpose = asked.Purpose,
        Batch = batch,
        BatchLine = of.BatchLine,
        Content = new HitContent
        {
            AskedName = of.Question.Name,
            QuestionBody = QuestionReader.Keep(of.Question),
            Caption = answer.Found.Entity.Caption,
            Evidence = JsonSerializer.Serialize(answer.Answer.Evidence, JsonRules.Options),
            Record = JsonSerializer.Serialize(EntityView.From(answer.Found), JsonRules.Options),
        },
        QuestionFingerprint = of.Fingerprint,
        List = answer.Found.List.Name,
        ListVersion = answer.Found.List.Version,
        EntityId = answer.Answer.SubjectId,
        RecordFingerprint = answer.RecordFingerprint,
        Score = answer.Answer.Score,
    };

    private async Task<Hit?> ReopenAsync(SettledPair pair, FoundAnswer answer, CancellationToken cancel)
    {
        if (await db.Hits.SingleOrDefaultAsync(h => h.Id == pair.Hit, cancel) is not { } hit) return null;
        hit.Show(answer.Found.List.Version, answer.Found.Entity.Caption, answer.RecordFingerprint, answer.Answer.Score,
            JsonSerializer.Serialize(answer.Answer.Evidence, JsonRules.Options), JsonSerializer.Serialize(EntityView.From(answer.Found), JsonRules.Options));
        hit.Reopen(clock.GetUtcNow());
        db.SettledPairs.Remove(pair);
        return hit;
    }
}
