using Amana.Server.Access;
using Amana.Server.Data;
using Amana.Server.Foundation;
using Amana.Server.Journal;
using Microsoft.EntityFrameworkCore;

namespace Amana.Server.LostAndStolen;

/// <summary>After a hit: asks the owner whether it still holds. A number that agrees is no proof; before the owner has confirmed it, nothing is
/// done to whoever carries the thing. Source: domain.md 2.3, "a hit leads to verification with the owner before action".</summary>
internal sealed class AskOwner(AmanaDb db, Gate gate, JournalWriter journal, NumberRows rows, TimeProvider clock)
{
    /// <param name="Number">As it stands before the officer: it must lead to the record.</param>
    public sealed record Request(string Reference, string? Number, string? Text, string? Purpose);

    public async Task<Result<OwnerQuestionView>> RunAsync(Request request, Caller caller, CancellationToken cancel)
    {
        if (!(await gate.CheckAsync(caller, Right.DecideHits, request.Purpose, cancel)).Succeeded(out var purpose, out var forbidden)) return forbidden;
        if (request.Text?.Length > OwnerQuestion.TextMax) return ItemRefusals.TextTooLong;
        var item = await db.Items.AsNoTracking().VisibleTo(caller).SingleOrDefaultAsync(i => i.Reference == request.Reference && i.State == ItemState.InForce, cancel);
        if (item is null) return ItemRefusals.Unknown;
        if (!NumberQuestion.Read(item.Kind.Word, request.Number, item.Kind is ItemKind.Document ? item.Facts["issuer"] : null, oneOff: true).Succeeded(out var asked, out var unread)) return unread;
        var match = (await rows.AnswerAsync(asked, cancel)).Matches.FirstOrDefault(m => m.Record == item.Reference);
        if (match is null) return ItemRefusals.NoHit;

        var question = new OwnerQuestion
        {
            Id = Id<OwnerQuestion>.New(clock), Item = item.Id, ItemReference = item.Reference, AskedBy = caller.Bureau, Owner = item.Bureau, Agreement = match.Agreement,
            Words = new OwnerWords(asked.Number.Value, string.IsNullOrWhiteSpace(request.Text) ? null : request.Text.Trim()), Officer = caller.Actor.ToString(), AskedAt = clock.GetUtcNow(),
        };
        db.OwnerQuestions.Add(question);
        journal.Record(caller.Actor, "item.owner-asked", item.Reference, purpose, new { match.Agreement }, new { number = asked.Number.Value });
        await db.SaveChangesAsync(cancel);
        return OwnerQuestionView.Of(question, caller.Bureau);
    }
}

/// <summary>The owner answers: the hit is confirmed, or it is not.</summary>
internal sealed class AnswerAsOwner(AmanaDb db, Gate gate, JournalWriter journal, TimeProvider clock)
{
    public sealed record Request(Id<OwnerQuestion> Question, bool Confirmed, string? Text, string? Purpose);

    public async Task<Result<OwnerQuestionView>> RunAsync(Request request, Caller caller, CancellationToken cancel)
    {
        if (!(await gate.CheckAsync(caller, Right.EnterItems, request.Purpose, cancel)).Succeeded(out var purpose, out var forbidden)) return forbidden;
        var question = await db.OwnerQuestions.SingleOrDefaultAsync(q => q.Id == request.Question && q.Owner == caller.Bureau, cancel);
        if (question is null) return ItemRefusals.QuestionUnknown;
        if (question.Close(request.Confirmed, request.Text, clock.GetUtcNow()) is { } refused) return refused;
        journal.Record(caller.Actor, "item.owner-answered", question.ItemReference, purpose, new { question.Answer });
        await db.SaveChangesAsync(cancel);
        return OwnerQuestionView.Of(question, caller.Bureau);
    }
}

/// <summary>What the own bureau asked of owners, and what it was asked as one; the newest first.</summary>
internal sealed class ReadOwnerQuestions(AmanaDb db, Gate gate)
{
    private const int Most = 100;

    public async Task<Result<IReadOnlyList<OwnerQuestionView>>> RunAsync(Caller caller, CancellationToken cancel)
    {
        if (await gate.CheckAsync(caller, Right.Screen, cancel) is { } forbidden) return forbidden;
        var own = caller.Bureau;
        var questions = await db.OwnerQuestions.AsNoTracking().Where(q => q.AskedBy == own || q.Owner == own).OrderByDescending(q => q.AskedAt).Take(Most).ToListAsync(cancel);
        return questions.ConvertAll(q => OwnerQuestionView.Of(q, own));
    }
}
