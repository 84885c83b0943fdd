using Amana.Exchange.Handling;
using Amana.Server.Access;
using Amana.Server.Data;
using Amana.Exchange.Envelopes;
using Amana.Server.Exchange;
using Amana.Server.Foundation;
using Amana.Server.Journal;
using Amana.Vocabulary;
using Microsoft.EntityFrameworkCore;

namespace Amana.Server.Threads;

/// <summary>Opens a thread for a purpose. What is new in it is read from then on, and its writers are told so by signed receipts.</summary>
internal sealed class ReadThread(AmanaDb db, Gate gate, JournalWriter journal, ThreadDesk desk, ThreadBook book, Outbox outbox, Deliveries deliveries, KnownPeople people, IDatabaseEngine engine, TimeProvider clock)
{
    /// <summary>How often it is looked again when somebody else writes at the same moment; then the reader is told.</summary>
    public const int LooksMost = 5;

    public sealed record Request(string Reference, string? Purpose = null);

    public async Task<Result<ThreadView>> RunAsync(Request request, Caller caller, CancellationToken cancel)
    {
        if (await gate.CheckAsync(caller, Right.ReadMessages, cancel) is { } forbidden) return forbidden;
        for (int look = 1; ; look++)
        {
            var read = await LookAsync(request, caller, cancel);
            if (look == LooksMost || read.Succeeded(out _, out var refusal) || refusal.Code != ThreadRefusals.ChangedMeanwhile.Code) return read;
            db.ChangeTracker.Clear(); // a letter came at that moment: all of it anew, with that letter
        }
    }

    private async Task<Result<ThreadView>> LookAsync(Request request, Caller caller, CancellationToken cancel)
    {
        if (!(await desk.FindAsync(request.Reference, Right.ReadMessages, request.Purpose, caller, cancel)).Succeeded(out var found, out var refused)) return refused;
        var (thread, purpose) = found;
        var messages = await db.ThreadMessages.Where(m => m.Thread == thread.Id).InOrder().ToListAsync(cancel);
        var fresh = messages.Where(m => !m.IsOwn && m.ReadAt is null).Select(m => m.Id).ToHashSet();
        var now = clock.GetUtcNow();
        // A person has opened it; a machine that fetches a copy has not.
        if (caller.Actor.Kind is ActorKind.Person or ActorKind.Server) MarkRead(thread, messages, now);
        journal.Record(caller.Actor, "thread.read", thread.Reference, purpose, new { messages = messages.Count, opened = fresh.Count });
        if (await db.SaveOrRefuseAsync(engine, ThreadRefusals.ChangedMeanwhile, cancel) is { } meanwhile) return meanwhile;
        return await ViewAsync(thread, messages, fresh, now, cancel);
    }

    private void MarkRead(CaseThread thread, List<ThreadMessage> messages, DateTimeOffset now)
    {
        foreach (var message in messages.Where(m => !m.IsOwn && m.ReadAt is null))
        {
            message.ReadAt = now;
            outbox.AddReceipt(message.Id, BureauCode.Of(message.Sender), LetterStep.Read);
        }

        thread.Unread = 0;
    }

    private async Task<ThreadView> ViewAsync(CaseThread thread, List<ThreadMessage> messages, HashSet<Guid> fresh, DateTimeOffset now, CancellationToken cancel)
    {
        var names = await people.NamesAsync([.. messages.Select(m => m.By).Append(thread.AssignedTo).OfType<string>().Distinct()], cancel);
        var answered = messages.Select(m => m.Content.Release?.Request).OfType<Guid>().ToHashSet();
        var files = (await db.ThreadFiles.AsNoTracking().Where(f => f.Thread == thread.Id && f.State != FileState.Gone).OrderBy(f => f.Id).ToListAsync(cancel)).ToLookup(f => f.Letter);
        var views = new List<MessageView>(messages.Count);
        foreach (var message in messages)
        {
            // Over since the clock last looked.
            bool over = message.IsGone || message.Content.OwnHandling?.Until <= now;
            views.Add(new()
            {
                Letter = message.Id, Kind = message.Kind, From = message.Sender, To = [.. message.To.Select(t => t.Value)], WrittenAt = message.WrittenAt, ArrivedAt = message.ArrivedAt, IsNew = fresh.Contains(message.Id),
                IsOwn = message.IsOwn, By = message.By is { } by ? names.GetValueOrDefault(by) : null, Urgency = message.Urgency.Word, IsGone = over, Text = over ? "" : message.Content.Text,
                Handling = over ? null : HandlingView.Of(message.Content.Joined(message.Id)),
                Quotes = over ? [] : [.. message.Content.Quotes.Where(q => !(q.OwnHandling?.Until <= now)).Select(q => new QuoteView(q.Letter, q.From, q.At, q.Text, HandlingView.Of(q.OwnHandling)!, q.Check(book.KeyOf) is MarkFinding.Fits))],
                Files = over ? [] : [.. files[message.Id].Select(f => new FileView(f.Id, f.Content.Name, f.Content.MediaType, f.Bytes, f.State, f.Content.Sha256))],
                Release = message.Content.Release, Outcome = message.Content.WhatCame, WaitsForUs = message.Kind is MessageKind.ReleaseRequest && !message.IsOwn && !answered.Contains(message.Id),
                Deliveries = message.IsOwn ? await deliveries.OfAsync(message.Id, cancel) : [],
            });
        }

        var asks = await book.AsksAsync(thread.Id, cancel);
        string self = book.Self.Value;
        return new()
        {
            Row = ThreadRow.Of(thread), About = thread.Content.About, Purpose = thread.Purpose, Outcome = thread.Outcome, OutcomeText = thread.Content.OutcomeText,
            InHand = thread.AssignedTo is { } who ? names.GetValueOrDefault(who) : null, IsEmptied = thread.IsEmptied, Version = thread.Version, Messages = views,
            Asks = [.. asks.Select(a => new AskView(a.Message, a.Number, a.Asker, a.Owes, a.Text, a.AskedAt, a.DueAt, a.AnsweredAt, a.Owes == self))],
        };
    }
}
