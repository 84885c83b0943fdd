using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Amana.Exchange.Envelopes;
using Amana.Exchange.Handling;
using Amana.Server.Access;
using Amana.Server.Data;
using Amana.Server.Foundation;
using Amana.Server.Journal;
using Amana.Vocabulary;
using Microsoft.EntityFrameworkCore;

namespace Amana.Server.Threads;

/// <summary>A thread as a file or on paper. What its originators do not let out stays out, and its place says so.</summary>
internal sealed class ExportThread(AmanaDb db, Gate gate, JournalWriter journal, ThreadDesk desk, ThreadBook book, TimeProvider clock)
{
    private static readonly JsonSerializerOptions Readable = new(JsonRules.Options) { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <param name="ForCourt">For judicial proceedings: then H1 counts.</param>
    /// <param name="Confirmed">Conditions that the officer has read and that are met.</param>
    public sealed record Request(string Reference, ThreadForm Form, bool ForCourt = false, IReadOnlyList<string>? Confirmed = null, string? Purpose = null);

    /// <param name="Conditions">Those that nobody confirmed yet.</param>
    /// <param name="SubjectGrounds">Why the subject is kept out; empty when it is not.</param>
    public sealed record Sheet(string Reference, string Subject, IReadOnlyList<string> Members, DateTimeOffset At, string Purpose, bool ForCourt, IReadOnlyList<Line> Lines, IReadOnlyList<string> Conditions, IReadOnlyList<string> SubjectGrounds);

        public sealed record Line(Guid Letter, string From, IReadOnlyList<string> To, DateTimeOffset At, string Kind, string? Text, HandlingView? Handling, IReadOnlyList<string> Grounds, IReadOnlyList<QuoteLine> Quotes);

    /// <param name="Proven">Its originator signed it; false: the bureau that quotes says so.</param>
    public sealed record QuoteLine(string From, DateTimeOffset At, string? Text, HandlingView Handling, IReadOnlyList<string> Grounds, bool Proven);

    public async Task<Result<Sheet>> RunAsync(Request request, Caller caller, CancellationToken cancel)
    {
        if (await gate.CheckAsync(caller, Right.ReadMessages, cancel) is { } forbidden) return forbidden;
        if (!(await desk.FindAsync(request.Reference, Right.ReadMessages, request.Purpose, caller, cancel)).Succeeded(out var found, out var refused)) return refused;
        var (thread, purpose) = found;
        var messages = await db.ThreadMessages.AsNoTracking().Where(m => m.Thread == thread.Id).InOrder().ToListAsync(cancel);
        var wish = HandlingWish.InHouse(request.Form is ThreadForm.Print ? HandlingAct.Print : HandlingAct.Export, request.ForCourt, request.Confirmed);
        var releases = await db.ReleasesOfAsync([.. messages.SelectMany(m => m.Content.Items(m.Id)).Select(i => i.Item).Distinct()], desk.Self, cancel);
        var conditions = new SortedSet<string>(StringComparer.Ordinal);
        var now = clock.GetUtcNow();

        List<string> GroundsOf(Guid item, ItemHandling handling, ThreadMessage message)
        {
            var answer = HandlingRules.Decide(handling, new()
            {
                Act = wish.Act, By = desk.Self, At = now, Holders = message.Holders, ForCourt = wish.ForCourt, Confirmed = wish.Confirmed, Releases = [.. releases[item]],
            });
            conditions.UnionWith(answer.Grounds.Select(g => g.Condition).OfType<string>());
            return [.. answer.Grounds.Select(g => g.Word).Distinct()];
        }

        var lines = messages.ConvertAll(m => LineOf(m, GroundsOf, book.KeyOf));
        var subject = await desk.DecideSubjectAsync(thread, wish, cancel);
        journal.Record(caller.Actor, request.Form is ThreadForm.Print ? "thread.printed" : "thread.exported", thread.Reference, purpose,
            new { request.Form, request.ForCourt, messages = lines.Count, keptOut = lines.Count(l => l.Grounds.Count > 0), grounds = lines.SelectMany(l => l.Grounds).Distinct() },
            wish.Confirmed.Count == 0 ? null : new { confirmed = wish.Confirmed });
        await db.SaveChangesAsync(cancel);
        return new Sheet(thread.Reference, subject.Allowed ? thread.Content.Subject : "", [.. thread.Bureaus.Select(b => b.Value)], now, purpose.Code, request.ForCourt, lines, [.. conditions], [.. subject.Grounds.Select(g => g.Word).Distinct()]);
    }

    private static Line LineOf(ThreadMessage message, Func<Guid, ItemHandling, ThreadMessage, List<string>> groundsOf, Func<string, DateTimeOffset, byte[]?> keyOf)
    {
        var own = message.Content.OwnHandling;
        var grounds = message.IsGone ? [HandlingRules.Expired] : own is null ? [] : groundsOf(message.Id, own, message);
        return new(message.Id, message.Sender, [.. message.To.Select(t => t.Value)], message.WrittenAt, JsonNamingPolicy.KebabCaseLower.ConvertName(message.Kind.ToString()), grounds.Count == 0 ? message.Content.Text : null,
            HandlingView.Of(own), grounds, [.. message.Content.Quotes.Select(q =>
            {
                var against = groundsOf(q.Letter, q.OwnHandling!, message);
                return new QuoteLine(q.From, q.At, against.Count == 0 ? q.Text : null, HandlingView.Of(q.OwnHandling)!, against, q.Check(keyOf) is MarkFinding.Fits);
            })]);
    }

    public static byte[] AsJson(Sheet sheet) => JsonSerializer.SerializeToUtf8Bytes(sheet, Readable);

    /// <summary>For people who read it elsewhere: plain text, handling before each message.</summary>
    public static byte[] AsText(Sheet sheet)
    {
        var text = new StringBuilder().Append(CultureInfo.InvariantCulture, $"{sheet.Reference}  {(sheet.SubjectGrounds.Count > 0 ? $"[kept out: {string.Join(' ', sheet.SubjectGrounds)}]" : sheet.Subject)}\n{string.Join(' ', sheet.Members)}\n{sheet.At:u}  {sheet.Purpose}{(sheet.ForCourt ? "  for judicial proceedings" : "")}\n");
        foreach (var line in sheet.Lines)
        {
            text.Append(CultureInfo.InvariantCulture, $"\n{line.At:u}  {line.From} > {string.Join(' ', line.To)}  {line.Kind}\n");
            Append(text, line.Text, line.Handling, line.Grounds, "");
            foreach (var quote in line.Quotes)
            {
                text.Append(CultureInfo.InvariantCulture, $"> {quote.At:u}  {quote.From}  [{(quote.Proven ? $"signed by {quote.From}" : $"as {line.From} says, not signed by {quote.From}")}]\n");
                Append(text, quote.Text, quote.Handling, quote.Grounds, "> ");
            }
        }

        return Encoding.UTF8.GetBytes(text.ToString());
    }

    private static void Append(StringBuilder text, string? words, HandlingView? handling, IReadOnlyList<string> grounds, string before)
    {
        if (handling is not null)
        {
            text.Append(CultureInfo.InvariantCulture, $"{before}[{string.Join(' ', handling.Codes)} {handling.Grade} {handling.Level}{(handling.Until is { } until ? $" until {until:u}" : "")}]\n");
            foreach (string condition in handling.Conditions) text.Append(CultureInfo.InvariantCulture, $"{before}[condition: {condition}]\n");
        }

        foreach (string line in (words ?? $"[kept out: {string.Join(' ', grounds)}]").ReplaceLineEndings("\n").Split('\n')) text.Append(before).Append(line).Append('\n');
    }
}

/// <summary>As what a thread leaves the screen.</summary>
internal enum ThreadForm { Json, Text, Print }
