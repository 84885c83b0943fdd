using Amana.Matching;
using Amana.Server.Access;
using Amana.Server.Data;
using Amana.Server.Foundation;
using Amana.Server.Journal;
using Amana.Server.Watchlists;
using Amana.Vocabulary;
using Microsoft.EntityFrameworkCore;

namespace Amana.Server.Screening;

/// <summary>Decides on an answer of the search page: the hit and its decision come into being together.</summary>
internal sealed class DecideAnswer(
    AmanaDb db, Gate gate, JournalWriter journal, AskedBook book, HitBook hits, DecideHit decideHit, ListShelf shelf, ReadEntities entities, TimeProvider clock)
{
    public sealed record Request
    {
        public required ReadQuestion Question { get; init; }
        public required string List { get; init; }
        public required string Entity { get; init; }
        public required Verdict? Verdict { get; init; }
        public required string? Reason { get; init; }
        public string? Text { get; init; }
        public string? Purpose { get; init; }
    }

    /// <returns>The hit's reference.</returns>
    public async Task<Result<string>> RunAsync(Request request, Caller caller, CancellationToken cancel)
    {
        if (!(await gate.CheckAsync(caller, Right.DecideHits, request.Purpose, cancel)).Succeeded(out var purpose, out var refused)) return refused;
        if (HitDecision.Check(request.Verdict, request.Reason, request.Text) is { } incomplete) return incomplete;
        if (!Choice.Of(shelf, caller, new ChoiceRequest { Dataset = request.List }).Succeeded(out var choice, out var unknown)) return unknown;

        // The engine is asked again: evidence comes from it, never from the form.
        var index = choice.Lists[0].Index;
        var answers = choice.Snapshot.Set.Ask(request.Question.Question, new AskOptions
        {
            Limit = 1, MinScore = 0, Admits = (of, place) => of == index && of.IdOf(place) == request.Entity && choice.IsThere(of, place),
        });
        var found = await entities.ForHitsAsync(choice.Snapshot, answers, cancel);
        if (answers.Count == 0 || found[0] is not { } entity) return ScreeningRefusals.AnswerGone;

        await using var transaction = await db.Database.BeginTransactionAsync(cancel);
        var asked = await AskedAsync(request, caller, purpose, cancel) ?? book.Take(caller, purpose, AskedVia.Decision, choice, request.Question, answers);
        var answer = new FoundAnswer(answers[0], entity);
        var kept = await hits.KeepAsync(asked, [AskedFor.Of(request.Question, book.Prints, [answer])], batch: null, caller, cancel);
        if (kept[0].Values.FirstOrDefault() is not { } hit)
        {
            // Settled before and the record is the same: the officer decides the old hit anew.
            var pair = (await hits.SettledAsync(asked.Bureau, asked.Fingerprint, caller, cancel)).GetValueOrDefault((choice.Lists[0].Name, request.Entity));
            if (pair is null || await gate.Reach(db.Hits, caller).SingleOrDefaultAsync(h => h.Id == pair.Hit, cancel) is not { } old) return ScreeningRefusals.AnswerGone;
            hit = old;
        }
        if (hit.Decide(request.Verdict!.Value, caller.Actor.ToString(), clock.GetUtcNow(), hit.Version) is { } no) return no;
        await decideHit.RecordAsync(hit, request.Verdict.Value, request.Reason!, request.Text, caller, cancel);
        journal.Record(caller.Actor, "hit.decided", hit.Reference, purpose,
            new { request.Verdict, request.Reason, list = hit.List, record = hit.EntityId, score = Math.Round(hit.Score, 4), version = hit.ListVersion });
        try
        {
            await db.SaveChangesAsync(cancel); // question, hit, decision and journal entries: all or none
            await transaction.CommitAsync(cancel);
        }
        catch (DbUpdateConcurrencyException)
        {
            return ScreeningRefusals.ChangedMeanwhile;
        }
        return hit.Reference;
    }

    // The page that shows the answer has asked already; the hit belongs to that question.
    private async Task<AskedQuestion?> AskedAsync(Request request, Caller caller, Purpose purpose, CancellationToken cancel) =>
        Choice.Of(shelf, caller, new ChoiceRequest()).Succeeded(out var all, out _)
            ? await book.FindSameAsync(caller, purpose, all, request.Question, cancel) : null;
}
