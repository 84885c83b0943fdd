using Amana.Server.Data;
using Amana.Server.Exchange;
using Amana.Server.Foundation;
using Amana.Server.Journal;
using Microsoft.EntityFrameworkCore;

namespace Amana.Server.Threads;

/// <summary>A bureau asks whether it may use something of ours further. A person answers.</summary>
internal sealed class TakeReleaseRequest(AmanaDb db, ThreadBook book, JournalWriter journal) : ILetterReader
{
    public async Task<string?> TakeAsync(ReceivedLetter letter, CancellationToken cancel)
    {
        if (ThreadLetter.Read(letter.Body) is not { Release: { Granted: null } asked } said || said.Asks.Count + said.Answers.Count + said.Quotes.Count > 0) return "unreadable";
        string self = book.Self.Value;
        if (await db.ThreadMessages.AsNoTracking().SingleOrDefaultAsync(m => m.Id == asked.Item && m.Sender == self && !m.IsGone, cancel) is not { } item) return "unknown-item";
        var thread = await db.CaseThreads.SingleAsync(t => t.Id == item.Thread, cancel);
        await book.AddAsync(thread, letter.Id, MessageKind.ReleaseRequest, letter.From, letter.To, letter.WrittenAt, said with { Handling = null }, by: null, cancel);
        journal.Record(Actor.Server, "release.asked-of-us", thread.Reference, details: new { from = letter.From, letter = letter.Id, asked.Item, asked.Act, asked.Recipients, asked.ForCourt, asked.Until });
        return null;
    }
}

/// <summary>The originator's answer: a yes widens what we asked for, and nothing beyond it is taken.</summary>
internal sealed class TakeReleaseAnswer(AmanaDb db, ThreadBook book, JournalWriter journal) : ILetterReader
{
    public async Task<string?> TakeAsync(ReceivedLetter letter, CancellationToken cancel)
    {
        if (ThreadLetter.Read(letter.Body) is not { Release: { Granted: { } granted, Request: { } request } answer } said || said.Asks.Count + said.Answers.Count + said.Quotes.Count > 0) return "unreadable";
        string self = book.Self.Value;
        if (await db.ThreadMessages.AsNoTracking().SingleOrDefaultAsync(m => m.Id == request && m.Kind == MessageKind.ReleaseRequest && m.Sender == self, cancel) is not { } asked
            || !asked.To.Contains(letter.From) || asked.Content.Release is not { } words) return "not-asked";
        if (!answer.IsWithin(words)) return "beyond-what-was-asked";
        var thread = await db.CaseThreads.SingleAsync(t => t.Id == asked.Thread, cancel);
        if (granted) db.KeptReleases.Add(Kept(letter, answer, self));
        await book.AddAsync(thread, letter.Id, MessageKind.ReleaseAnswer, letter.From, letter.To, letter.WrittenAt, said with { Handling = null }, by: null, cancel);
        journal.Record(Actor.Server, "release.answered-to-us", thread.Reference, details: new { from = letter.From, letter = letter.Id, answer.Item, granted, answer.Act, answer.Recipients, answer.ForCourt, answer.Until });
        return null;
    }

    private static KeptRelease Kept(ReceivedLetter letter, ReleaseWords answer, string self) => new()
    {
        Id = letter.Id, Item = answer.Item, Originator = letter.From.Value, To = self, Act = answer.Act, Recipients = string.Join(',', answer.Recipients), ForCourt = answer.ForCourt,
        From = letter.WrittenAt, Until = answer.Until,
    };
}
