using Amana.Exchange.Handling;
using Amana.Server.Data;
using Amana.Server.Exchange;
using Amana.Server.Foundation;
using Amana.Server.Journal;
using Amana.Vocabulary;
using Microsoft.EntityFrameworkCore;

namespace Amana.Server.Threads;

/// <summary>A message, a request or an answer of another bureau comes into its thread.</summary>
internal sealed class TakeThreadLetter(string kind, MessageKind sort, ThreadBook book, JournalWriter journal, TimeProvider clock) : ILetterReader
{
    public async Task<string?> TakeAsync(ReceivedLetter letter, CancellationToken cancel)
    {
        if (ThreadLetter.Read(letter.Body) is not { } said || said.Release is not null) return "unreadable";
        if (said.Text.Length == 0 || (sort is MessageKind.Request) != said.Asks.Count > 0 || (sort is MessageKind.Message && said.Answers.Count > 0)) return "unreadable";
        if (said.WhyNot(letter.From, book.Self, clock.GetUtcNow()) is { } word) return word;
        if (said.Asks.Any(a => a.Owes == letter.From)) return "unreadable";
        if (said.WhyNotTheirs(letter, book.KeyOf) is { } untrue) return untrue;
        var thread = await book.FindAsync(said.Thread.Key, cancel);
        if (thread is null)
        {
            if (said.Thread.Subject.Trim().Length == 0) return "unreadable";
            thread = await book.OpenAsync(said.Thread with { SubjectItem = said.Thread.SubjectItem ?? letter.Id, SubjectHandling = HandlingOfSubject(said, letter.From) }, letter.From, [letter.From, .. letter.To], letter.WrittenAt, cancel);
        }

        if (await book.AnswerAsync(thread, letter.Id, said.Answers, letter.From, letter.WrittenAt, cancel) is null) return "answer";
        await book.AddAsync(thread, letter.Id, sort, letter.From, letter.To, letter.WrittenAt, said, by: null, cancel);
        journal.Record(Actor.Server, "message.received", thread.Reference, details: new { kind, from = letter.From, letter = letter.Id, asks = said.Asks.Count, answers = said.Answers.Count });
        return null;
    }

    // The subject is somebody's words too. Where the letter does not say whose, they are its writer's.
    private static System.Text.Json.JsonElement? HandlingOfSubject(ThreadLetter said, BureauCode from) =>
        said.Thread.SubjectHandling is { } json && HandlingJson.Read(json) is { Originators.Count: 1 } handling && !handling.Originators.Contains(from) ? json : said.Handling;
}

/// <summary>Another bureau says what came of a thread. Ours stays open until we close it.</summary>
internal sealed class TakeOutcome(ThreadBook book, JournalWriter journal) : ILetterReader
{
    public async Task<string?> TakeAsync(ReceivedLetter letter, CancellationToken cancel)
    {
        if (ThreadLetter.Read(letter.Body) is not { WhatCame: { } outcome } said || said.Text.Length > CaseThread.OutcomeCharsMost || said.Asks.Count + said.Answers.Count + said.Quotes.Count > 0) return "unreadable";
        if (await book.FindAsync(said.Thread.Key, cancel) is not { } thread || !thread.Has(letter.From)) return "thread";
        await book.AddAsync(thread, letter.Id, MessageKind.Outcome, letter.From, letter.To, letter.WrittenAt, said with { Handling = null }, by: null, cancel);
        journal.Record(Actor.Server, "thread.outcome-told", thread.Reference, details: new { from = letter.From, outcome });
        return null;
    }
}

/// <summary>A bureau takes back what it wrote: our copy leaves.</summary>
internal sealed class TakeRecall(AmanaDb db, ThreadBook book, JournalWriter journal) : ILetterReader
{
    public async Task<string?> TakeAsync(ReceivedLetter letter, CancellationToken cancel)
    {
        if (ThreadLetter.Read(letter.Body) is not { Letter: { } recalled } said) return "unreadable";
        string from = letter.From.Value;
        if (await db.ThreadMessages.SingleOrDefaultAsync(m => m.Id == recalled && m.Sender == from, cancel) is not { } message) return "unknown-item";
        var thread = await db.CaseThreads.SingleAsync(t => t.Id == message.Thread, cancel);
        message.Leave();
        await book.LeaveFilesAsync(recalled, cancel);
        foreach (var ask in (await book.AsksAsync(thread.Id, cancel)).Where(a => a.Message == recalled))
        {
            ask.Answer(letter.Id, letter.WrittenAt); // nobody owes an answer any more
            ask.Leave();
        }

        if (thread.Content.SubjectItem == recalled) await book.EmptyAsync(thread, cancel);
        await book.AddAsync(thread, letter.Id, MessageKind.Recall, letter.From, letter.To, letter.WrittenAt, said with { Handling = null, Quotes = [], Asks = [], Answers = [] }, by: null, cancel);
        journal.Record(Actor.Server, "message.recalled", thread.Reference, details: new { from = letter.From, letter = recalled });
        return null;
    }
}
