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

/// <summary>Asks the originators of a message to allow one act: one press, after the rules said no. Each originator whose item stands in the way is asked
/// about that item and nothing else.</summary>
internal sealed class AskRelease(AmanaDb db, Gate gate, JournalWriter journal, ThreadDesk desk, ThreadBook book, Outbox outbox, IDatabaseEngine engine, TimeProvider clock)
{
    /// <param name="Act">forward, reply, export, print, graph or statistics.</param>
    /// <param name="Recipients">Whom it is to be given to; empty: it stays in the house.</param>
    public sealed record Request(string Reference, Guid Letter, string? Act, IReadOnlyList<string>? Recipients, bool ForCourt, DateTimeOffset? Until, string? Why, string? Purpose = null);

    /// <returns>How many were asked.</returns>
    public async Task<Result<int>> RunAsync(Request request, Caller caller, CancellationToken cancel)
    {
        if (await gate.CheckAsync(caller, Right.SendMessages, cancel) is { } forbidden) return forbidden;
        if (!(await desk.FindAsync(request.Reference, Right.SendMessages, request.Purpose, caller, cancel)).Succeeded(out var found, out var refused)) return refused;
        var (thread, purpose) = found;
        var now = clock.GetUtcNow();
        if (ActOf(request.Act) is not { } act) return ThreadRefusals.ReleaseAct;
        if (HandlingForm.Bureaus(request.Recipients) is not { Count: <= 250 } recipients) return ThreadRefusals.Recipients;
        if (request.Until <= now) return ThreadRefusals.ReleaseUntil;
        if (request.Why?.Trim() is not { Length: > 0 and <= ThreadMessage.TextCharsMost } why) return ThreadRefusals.Text;
        if (await db.ThreadMessages.SingleOrDefaultAsync(m => m.Id == request.Letter && m.Thread == thread.Id && !m.IsGone, cancel) is not { } message) return ThreadRefusals.QuoteUnknown;
        if (!(await InTheWayAsync(message, new(act, recipients, request.ForCourt, []), cancel)).Succeeded(out var items, out refused)) return refused;

        foreach (var (item, originator) in items)
        {
            var words = new ReleaseWords(item, act, [.. recipients.Select(r => r.Value)], request.ForCourt, request.Until);
            var letter = new ThreadLetter { Thread = new(thread.Key, "", [], thread.Purpose, null, null), Text = why, Release = words };
            if (!outbox.Add(ThreadLetter.ReleaseRequest, letter, [originator]).Succeeded(out var id, out var unsent)) return unsent;
            await book.AddAsync(thread, id, MessageKind.ReleaseRequest, book.Self, [originator], now, letter, caller.Actor.ToString(), cancel);
            journal.Record(caller.Actor, "release.asked", thread.Reference, purpose, new { letter = id, of = originator, item, act, recipients, request.ForCourt, request.Until }, new { why });
        }

        return await db.SaveOrRefuseAsync(engine, ThreadRefusals.ChangedMeanwhile, cancel) is { } meanwhile ? meanwhile : items.Count;
    }

    private async Task<Result<List<(Guid Item, BureauCode Originator)>>> InTheWayAsync(ThreadMessage message, HandlingWish wish, CancellationToken cancel)
    {
        var all = message.Content.Items(message.Id).ToList();
        var releases = await db.ReleasesOfAsync([.. all.Select(i => i.Item)], book.Self, cancel);
        var now = clock.GetUtcNow();
        var items = new List<(Guid, BureauCode)>();
        foreach (var (item, handling) in all)
        {
            // Conditions are met or not; nobody is asked about them.
            var ask = new HandlingAsk { Act = wish.Act, By = book.Self, At = now, To = wish.To, Holders = message.Holders, ForCourt = wish.ForCourt, Confirmed = [.. handling.Conditions], Releases = [.. releases[item]] };
            var answer = HandlingRules.Decide(handling, ask);
            if (answer.Allowed) continue;
            if (!answer.CanBeAsked) return ThreadRefusals.ReleaseNotPossible;
            items.AddRange(handling.Originators.Where(o => o != book.Self).Select(o => (item, o)));
        }

        return items.Count == 0 ? ThreadRefusals.ReleaseNotNeeded : items;
    }

    private static HandlingAct? ActOf(string? word) => word switch
    {
        "forward" => HandlingAct.Forward,
        "reply" => HandlingAct.Reply,
        "export" => HandlingAct.Export,
        "print" => HandlingAct.Print,
        "graph" => HandlingAct.Graph,
        "statistics" => HandlingAct.Statistics,
        _ => null,
    };
}

/// <summary>Says yes or no to a bureau that wants to use something of ours further. The letter is the fact: signed, kept on both sides.</summary>
internal sealed class AnswerRelease(AmanaDb db, Gate gate, JournalWriter journal, ThreadDesk desk, ThreadBook book, Outbox outbox, IDatabaseEngine engine, TimeProvider clock)
{
    /// <param name="Recipients">Fewer than were asked for; null: all of them.</param>
    /// <param name="Until">Earlier than was asked for; null: what was asked.</param>
    public sealed record Request(string Reference, Guid Letter, bool Granted, string? Text, IReadOnlyList<string>? Recipients = null, DateTimeOffset? Until = null, string? Purpose = null);

    public async Task<Refusal?> RunAsync(Request request, Caller caller, CancellationToken cancel)
    {
        if (await gate.CheckAsync(caller, Right.ReleaseMessages, cancel) is { } forbidden) return forbidden;
        if (!(await desk.FindAsync(request.Reference, Right.ReleaseMessages, request.Purpose, caller, cancel)).Succeeded(out var found, out var refused)) return refused;
        var (thread, purpose) = found;
        var messages = await db.ThreadMessages.Where(m => m.Thread == thread.Id && (m.Kind == MessageKind.ReleaseRequest || m.Kind == MessageKind.ReleaseAnswer)).ToListAsync(cancel);
        if (messages.Find(m => m.Id == request.Letter && m.Kind is MessageKind.ReleaseRequest && !m.IsOwn) is not { Content.Release: { } asked } message
            || messages.Exists(m => m.IsOwn && m.Content.Release?.Request == request.Letter)) return ThreadRefusals.ReleaseUnknown;
        if (request.Text?.Length > ThreadMessage.TextCharsMost) return ThreadRefusals.Text;
        var answer = asked with { Granted = request.Granted, Request = request.Letter, Until = request.Until ?? asked.Until, Recipients = request.Recipients ?? asked.Recipients };
        var now = clock.GetUtcNow();
        if (!answer.IsWithin(asked) || answer.Until <= now) return ThreadRefusals.ReleaseUntil;
        var to = BureauCode.Of(message.Sender);
        var letter = new ThreadLetter { Thread = new(thread.Key, "", [], thread.Purpose, null, null), Text = request.Text?.Trim() ?? "", Release = answer };
        if (!outbox.Add(ThreadLetter.ReleaseAnswer, letter, [to]).Succeeded(out var id, out var unsent)) return unsent;
        outbox.AddReceipt(message.Id, to, LetterStep.Acted);
        await book.AddAsync(thread, id, MessageKind.ReleaseAnswer, book.Self, [to], now, letter, caller.Actor.ToString(), cancel);
        journal.Record(caller.Actor, request.Granted ? "release.granted" : "release.refused", thread.Reference, purpose,
            new { letter = id, to, asked.Item, asked.Act, answer.Recipients, asked.ForCourt, answer.Until }, string.IsNullOrWhiteSpace(request.Text) ? null : new { text = request.Text });
        return await db.SaveOrRefuseAsync(engine, ThreadRefusals.ChangedMeanwhile, cancel);
    }
}
