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

/// <summary>Writes to other bureaus: opens a thread or goes on with one; asks, answers, quotes. What it quotes stays under the handling that its originator
/// gave it, and the own words are no looser.</summary>
internal sealed class SendMessage(AmanaDb db, Gate gate, JournalWriter journal, ThreadDesk desk, ThreadBook book, Outbox outbox, IDatabaseEngine engine, TimeProvider clock)
{
    /// <param name="Thread">Null: a new one, which needs a subject.</param>
    /// <param name="To">Codes of bureaus.</param>
    /// <param name="Urgency">8h, 3d, 7d, own or none.</param>
    /// <param name="Due">With own.</param>
    /// <param name="Quotes">Letters whose words are carried on.</param>
    /// <param name="Files">Own, whole and not sent yet.</param>
    /// <param name="Confirmed">Conditions of quoted letters that the officer has read and that are met.</param>
    public sealed record Request(
        string? Thread, IReadOnlyList<string> To, string? Subject, string? Text, HandlingForm Handling, string? Urgency = null, DateTimeOffset? Due = null, IReadOnlyList<string>? About = null,
        IReadOnlyList<Ask>? Asks = null, IReadOnlyList<ThreadLetter.AnswerWords>? Answers = null, IReadOnlyList<Guid>? Quotes = null, IReadOnlyList<string>? Confirmed = null, IReadOnlyList<Guid>? Files = null, string? Purpose = null);

    /// <param name="Of">Who is asked; null: all recipients.</param>
    public sealed record Ask(string? Of, string Text);

    public sealed record Sent(string Reference, Guid Letter);

    private sealed record Draft(IReadOnlyList<BureauCode> To, ItemHandling Own, string Text, Urgency Urgency, DateTimeOffset? Due, IReadOnlyList<ThreadLetter.AskWords> Asks, IReadOnlyList<QuotedItem> Quotes, IReadOnlyList<ThreadFile> Files);

    public async Task<Result<Sent>> RunAsync(Request request, Caller caller, CancellationToken cancel)
    {
        CaseThread? thread = null;
        Purpose? purpose;
        if (request.Thread is null)
        {
            if (!(await gate.CheckAsync(caller, Right.SendMessages, request.Purpose, cancel)).Succeeded(out purpose, out var forbidden)) return forbidden;
            if (request.Subject?.Trim() is not { Length: > 0 and <= CaseThread.SubjectCharsMost }) return ThreadRefusals.Subject;
        }
        else
        {
            if (!(await desk.FindAsync(request.Thread, Right.SendMessages, request.Purpose, caller, cancel)).Succeeded(out var found, out var refused)) return refused;
            (thread, purpose) = found;
        }

        if (!(await DraftAsync(request, thread, caller, cancel)).Succeeded(out var draft, out var wrong)) return wrong;
        return await WriteAsync(request, draft, thread, purpose, caller, cancel);
    }

    private async Task<Result<Draft>> DraftAsync(Request request, CaseThread? thread, Caller caller, CancellationToken cancel)
    {
        var now = clock.GetUtcNow();
        if (HandlingForm.Bureaus(request.To) is not { Count: > 0 and <= 250 } to || to.Contains(book.Self)) return ThreadRefusals.Recipients;
        if (request.Text?.Trim() is not { Length: > 0 and <= ThreadMessage.TextCharsMost } text) return ThreadRefusals.Text;
        if (request.About is { } about && (about.Count > CaseThread.AboutMost || about.Any(a => a.Trim().Length is 0 or > CaseThread.AboutCharsMost))) return ThreadRefusals.About;
        if (request.Handling.Read(book.Self, now) is not { } typed) return ThreadRefusals.Handling;
        if (AsksOf(request.Asks ?? [], to) is not { } asks) return ThreadRefusals.Asks;
        if (!UrgencyRules.TryParse(request.Urgency, out var urgency)) return ThreadRefusals.Due;
        var due = urgency.DueAt(now, request.Due);
        if (due is null && (urgency is not Urgency.None || asks.Count > 0)) return ThreadRefusals.Due;
        if (!(await QuotesAsync(request, to, caller, cancel)).Succeeded(out var quotes, out var refused)) return refused;
        if (thread is not null && !thread.IsEmptied)
        {
            var wish = new HandlingWish(HandlingAct.Forward, to, ForCourt: false, request.Confirmed ?? []);
            if (to.Any(t => !thread.Has(t)) && await desk.DecideSubjectAsync(thread, wish, cancel) is { Allowed: false } no) return await desk.RefuseAsync(no, thread, wish, caller, cancel);
        }

        var own = typed.Tightened(quotes.Select(q => q.OwnHandling!));
        if (own.Until <= now || to.Any(t => !own.Audience.Has(t))) return ThreadRefusals.Audience;
        return await FilesAsync(request.Files ?? [], caller, cancel) is { } files ? new Draft(to, own, text, urgency, due, asks, quotes, files) : ThreadRefusals.FileUnknown;
    }

    private async Task<List<ThreadFile>?> FilesAsync(IReadOnlyList<Guid> ids, Caller caller, CancellationToken cancel)
    {
        if (ids.Count == 0) return [];
        string who = caller.Actor.ToString();
        var files = await db.ThreadFiles.Where(f => ids.Contains(f.Id) && f.By == who && f.State == FileState.Ready).OrderBy(f => f.Id).ToListAsync(cancel);
        return files.Count == ids.Distinct().Count() && files.Count <= ThreadFile.PerLetterMost ? files : null;
    }

    // All that a quoted message holds is carried on, each part under its own originator's handling.
    private async Task<Result<IReadOnlyList<QuotedItem>>> QuotesAsync(Request request, IReadOnlyList<BureauCode> to, Caller caller, CancellationToken cancel)
    {
        var quotes = new List<QuotedItem>();
        foreach (var letter in (request.Quotes ?? []).Distinct())
        {
            if (await desk.MessageAsync(letter, caller, cancel) is not { } found || found.Message.Content.OwnHandling is null) return ThreadRefusals.QuoteUnknown;
            var (thread, message) = found;
            var wish = new HandlingWish(to.All(message.Holders.Contains) ? HandlingAct.Reply : HandlingAct.Forward, to, ForCourt: false, request.Confirmed ?? []);
            if (await desk.DecideAsync([message], wish, cancel) is { Allowed: false } no) return await desk.RefuseAsync(no, thread, wish, caller, cancel);
            quotes.Add(new(message.Id, message.Sender, message.WrittenAt, message.Content.Text, ThreadLetter.Of(message.Content.OwnHandling!.ReleasedTo(to)), message.Content.Mark));
            quotes.AddRange(message.Content.Quotes.Select(q => q with { Handling = ThreadLetter.Of(q.OwnHandling!.ReleasedTo(to)) }));
        }

        var distinct = quotes.DistinctBy(q => q.Letter).ToList();
        return distinct.Count > ThreadMessage.QuotesMost ? ThreadRefusals.Quotes : distinct;
    }

    private static List<ThreadLetter.AskWords>? AsksOf(IReadOnlyList<Ask> asks, IReadOnlyList<BureauCode> to)
    {
        if (asks.Count > ThreadAsk.PerMessageMost) return null;
        var words = new List<ThreadLetter.AskWords>();
        foreach (var (ask, number) in asks.Select((a, i) => (a, i + 1)))
        {
            if (ask.Text.Trim() is not { Length: > 0 and <= ThreadAsk.CharsMost } text) return null;
            if (ask.Of is null) words.AddRange(to.Select(t => new ThreadLetter.AskWords(number, t, text)));
            else if (BureauCode.TryParse(ask.Of, null, out var of) && to.Contains(of)) words.Add(new(number, of, text));
            else return null;
        }

        return words.Count <= ThreadAsk.PerLetterMost ? words : null;
    }

    private async Task<Result<Sent>> WriteAsync(Request request, Draft draft, CaseThread? thread, Purpose purpose, Caller caller, CancellationToken cancel)
    {
        var stamp = outbox.NewStamp();
        var now = stamp.At;
        var answers = request.Answers ?? [];
        var kind = draft.Asks.Count > 0 ? MessageKind.Request : answers.Count > 0 ? MessageKind.Answer : MessageKind.Message;
        var handling = ThreadLetter.Of(draft.Own);
        var words = thread is null
            ? new ThreadLetter.ThreadWords(Guid.CreateVersion7(now), request.Subject!.Trim(), [.. (request.About ?? []).Select(a => a.Trim())], purpose.Code, null, handling)
            : new(thread.Key, thread.Content.Subject, thread.Content.About, thread.Purpose, thread.Content.SubjectItem, thread.Content.SubjectHandling);
        var letter = new ThreadLetter
        {
            Thread = words, Text = draft.Text, Handling = handling, Mark = outbox.Mark(stamp, draft.Text, draft.Own), Quotes = draft.Quotes, Urgency = draft.Urgency.Word, Due = draft.Due, Asks = draft.Asks, Answers = answers,
            Files = [.. draft.Files.Select(f => new FileWords(f.Id, f.Content.Name, f.Content.MediaType, f.Bytes, f.Content.Key, f.Content.Sha256))],
        };
        if (!outbox.Add(WordOf(kind), letter, draft.To, stamp).Succeeded(out var id, out var refused)) return refused;
        thread ??= await book.OpenAsync(words with { SubjectItem = id }, book.Self, [book.Self, .. draft.To], now, cancel);
        if (await book.AnswerAsync(thread, id, answers, book.Self, now, cancel) is not { } answered) return ThreadRefusals.AnswerUnknown;
        foreach (var ask in answered) outbox.AddReceipt(ask.Message, BureauCode.Of(ask.Asker), LetterStep.Acted);
        await book.AddAsync(thread, id, kind, book.Self, draft.To, now, letter, caller.Actor.ToString(), cancel);
        foreach (var file in draft.Files)
        {
            file.GiveTo(id, thread.Id, draft.To);
            file.State = FileState.Sent;
        }

        journal.Record(caller.Actor, "message.sent", thread.Reference, purpose,
            new { kind, letter = id, draft.To, draft.Own.Codes, grade = draft.Own.Grade, draft.Urgency, asks = draft.Asks.Count, answers = answers.Count, quotes = draft.Quotes.Select(q => q.Letter), files = draft.Files.Count });
        if (await db.SaveOrRefuseAsync(engine, ThreadRefusals.ChangedMeanwhile, cancel) is { } meanwhile) return meanwhile;
        return new Sent(thread.Reference, id);
    }

    private static string WordOf(MessageKind kind) => kind switch { MessageKind.Request => ThreadLetter.Request, MessageKind.Answer => ThreadLetter.Answer, _ => ThreadLetter.Message };
}
