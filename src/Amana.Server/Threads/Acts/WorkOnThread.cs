using Amana.Server.Access;
using Amana.Server.Data;
using Amana.Server.Exchange;
using Amana.Server.Foundation;
using Amana.Server.Journal;
using Amana.Vocabulary;
using Microsoft.EntityFrameworkCore;

namespace Amana.Server.Threads;

/// <summary>Takes a thread in hand, or gives it back to all.</summary>
internal sealed class AssignThread(AmanaDb db, Gate gate, JournalWriter journal, ThreadDesk desk, IDatabaseEngine engine)
{
    /// <param name="Take">True: mine. False: nobody's.</param>
    public sealed record Request(string Reference, bool Take, string? Purpose = null);

    public async Task<Refusal?> RunAsync(Request request, Caller caller, CancellationToken cancel)
    {
        if (await gate.CheckAsync(caller, Right.SendMessages, cancel) is { } forbidden) return forbidden;
        if (!(await desk.FindAsync(request.Reference, Right.SendMessages, request.Purpose, caller, cancel)).Succeeded(out var found, out var refused)) return refused;
        string? before = found.Thread.AssignedTo;
        found.Thread.AssignedTo = request.Take ? caller.Actor.ToString() : null;
        found.Thread.Changed();
        journal.Record(caller.Actor, "thread.assigned", found.Thread.Reference, found.Purpose, new { from = before, to = found.Thread.AssignedTo });
        return await db.SaveOrRefuseAsync(engine, ThreadRefusals.ChangedMeanwhile, cancel);
    }
}

/// <summary>Ends a thread with a word of what came of it, which the others are told when the officer wants that.</summary>
internal sealed class CloseThread(AmanaDb db, Gate gate, JournalWriter journal, ThreadDesk desk, ThreadBook book, Outbox outbox, IDatabaseEngine engine, TimeProvider clock)
{
    /// <param name="Tell">Whether the other bureaus are told.</param>
    public sealed record Request(string Reference, string? Outcome, string? Text, bool Tell, string? Purpose = null);

    public async Task<Refusal?> RunAsync(Request request, Caller caller, CancellationToken cancel)
    {
        if (await gate.CheckAsync(caller, Right.SendMessages, cancel) is { } forbidden) return forbidden;
        if (!(await desk.FindAsync(request.Reference, Right.SendMessages, request.Purpose, caller, cancel)).Succeeded(out var found, out var refused)) return refused;
        var (thread, purpose) = found;
        if (OutcomeWords.Read(request.Outcome) is not { } outcome || request.Text?.Trim() is { Length: > CaseThread.OutcomeCharsMost }) return ThreadRefusals.Outcome;
        var now = clock.GetUtcNow();
        string text = request.Text?.Trim() ?? "";
        if (thread.State is ThreadState.Closed) return ThreadRefusals.Closed;
        List<BureauCode> others = [.. thread.Bureaus.Where(b => b != book.Self)];
        if (request.Tell && others.Count > 0)
        {
            var letter = new ThreadLetter { Thread = new(thread.Key, "", [], thread.Purpose, null, null), Text = text, WhatCame = outcome };
            if (!outbox.Add(ThreadLetter.Outcome, letter, others).Succeeded(out var id, out var unsent)) return unsent;
            await book.AddAsync(thread, id, MessageKind.Outcome, book.Self, others, now, letter, caller.Actor.ToString(), cancel);
        }

        if (thread.Close(outcome, text, now) is { } no) return no;
        journal.Record(caller.Actor, "thread.closed", thread.Reference, purpose, new { outcome, request.Tell, to = others }, text.Length == 0 ? null : new { text });
        return await db.SaveOrRefuseAsync(engine, ThreadRefusals.ChangedMeanwhile, cancel);
    }
}

/// <summary>Takes an own message back: it leaves here, and every recipient is asked by a signed letter to let it leave there.</summary>
internal sealed class RecallMessage(AmanaDb db, Gate gate, JournalWriter journal, ThreadDesk desk, ThreadBook book, Outbox outbox, IDatabaseEngine engine, TimeProvider clock)
{
    public sealed record Request(string Reference, Guid Letter, string? Purpose = null);

    public async Task<Refusal?> RunAsync(Request request, Caller caller, CancellationToken cancel)
    {
        if (await gate.CheckAsync(caller, Right.SendMessages, cancel) is { } forbidden) return forbidden;
        if (!(await desk.FindAsync(request.Reference, Right.SendMessages, request.Purpose, caller, cancel)).Succeeded(out var found, out var refused)) return refused;
        var (thread, purpose) = found;
        if (await db.ThreadMessages.SingleOrDefaultAsync(m => m.Id == request.Letter && m.Thread == thread.Id && !m.IsGone && m.ArrivedAt == null, cancel) is not { Content.OwnHandling: not null } message) return ThreadRefusals.QuoteUnknown;
        List<BureauCode> to = [.. message.To];
        var letter = new ThreadLetter { Thread = new(thread.Key, "", [], thread.Purpose, null, null), Letter = message.Id };
        if (!outbox.Add(ThreadLetter.Recall, letter, to).Succeeded(out var id, out var unsent)) return unsent;
        message.Leave();
        await book.LeaveFilesAsync(message.Id, cancel);
        var now = clock.GetUtcNow();
        foreach (var ask in (await book.AsksAsync(thread.Id, cancel)).Where(a => a.Message == message.Id))
        {
            ask.Answer(id, now);
            ask.Leave();
        }

        if (thread.Content.SubjectItem == message.Id) await book.EmptyAsync(thread, cancel);
        await book.AddAsync(thread, id, MessageKind.Recall, book.Self, to, now, letter, caller.Actor.ToString(), cancel);
        journal.Record(caller.Actor, "message.taken-back", thread.Reference, purpose, new { letter = message.Id, to });
        return await db.SaveOrRefuseAsync(engine, ThreadRefusals.ChangedMeanwhile, cancel);
    }
}

internal static class OutcomeWords
{
    /// <summary>As in letters: <c>nothing-found</c>.</summary>
    public static string Word(this Outcome outcome) => System.Text.Json.JsonNamingPolicy.KebabCaseLower.ConvertName(outcome.ToString());

    public static Outcome? Read(string? word)
    {
        foreach (var outcome in Enum.GetValues<Outcome>())
        {
            if (outcome.Word() == word) return outcome;
        }

        return null;
    }
}
