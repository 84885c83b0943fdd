using Amana.Exchange.Handling;
using Amana.Server.Access;
using Amana.Server.Data;
using Amana.Server.Foundation;
using Amana.Server.Journal;
using Amana.Vocabulary;
using Microsoft.EntityFrameworkCore;

namespace Amana.Server.Threads;

/// <summary>What acts on threads share: finding one for who may see it, with the purpose it is used for, and asking the rules of handling. What
/// they forbid is taken down at once.</summary>
internal sealed class ThreadDesk(AmanaDb db, Gate gate, JournalWriter journal, ThreadBook book, TimeProvider clock)
{
    public BureauCode Self => book.Self;

    /// <param name="purpose">Null: the session's or token's own, or else the thread's.</param>
    public async Task<Result<(CaseThread Thread, Purpose Purpose)>> FindAsync(string? reference, Right right, string? purpose, Caller caller, CancellationToken cancel)
    {
        if (await gate.CheckAsync(caller, right, cancel) is { } forbidden) return forbidden;
        if (!ThreadReference.TryRead(reference, out string? known)) return ThreadRefusals.Unknown;
        if (await db.CaseThreads.SingleOrDefaultAsync(t => t.Reference == known, cancel) is not { } thread) return ThreadRefusals.Unknown;
        if (await gate.CheckRecordAsync(caller, thread, ThreadRefusals.Unknown, cancel) is { } outside) return outside;
        string? code = string.IsNullOrWhiteSpace(purpose) ? caller.DefaultPurpose ?? thread.Purpose : purpose;
        return (await gate.CheckAsync(caller, right, code, cancel)).Succeeded(out var known2, out forbidden) ? (thread, known2) : forbidden;
    }

    /// <summary>A message with its thread, for who may see both.</summary>
    public async Task<(CaseThread Thread, ThreadMessage Message)?> MessageAsync(Guid letter, Caller caller, CancellationToken cancel)
    {
        if (await db.ThreadMessages.SingleOrDefaultAsync(m => m.Id == letter && !m.IsGone, cancel) is not { } message) return null;
        var thread = await db.CaseThreads.SingleAsync(t => t.Id == message.Thread, cancel);
        return await gate.CheckRecordAsync(caller, thread, ThreadRefusals.Unknown, cancel) is null ? (thread, message) : null;
    }

    /// <summary>What the rules say of an act on everything that stands in these messages.</summary>
    public async Task<HandlingAnswer> DecideAsync(IReadOnlyCollection<ThreadMessage> messages, HandlingWish wish, CancellationToken cancel)
    {
        var items = messages.SelectMany(m => m.Content.Items(m.Id).Select(i => (i.Item, i.Handling, m.Holders))).ToList();
        var releases = await db.ReleasesOfAsync([.. items.Select(i => i.Item).Distinct()], Self, cancel);
        return HandlingRules.Decide(items.Select(i => (i.Handling, AskOf(wish, i.Holders, [.. releases[i.Item]]))));
    }

    /// <summary>The subject is somebody's words: a bureau that does not know it yet is given it.</summary>
    public async Task<HandlingAnswer> DecideSubjectAsync(CaseThread thread, HandlingWish wish, CancellationToken cancel)
    {
        if (thread.Content.OwnHandling is not { } handling) return HandlingAnswer.Yes;
        var releases = await db.ReleasesOfAsync([thread.Content.SubjectItem], Self, cancel);
        return HandlingRules.Decide(handling, AskOf(wish, [.. thread.Bureaus], [.. releases[thread.Content.SubjectItem]]));
    }

    /// <summary>Says no, and that it was asked.</summary>
    public async Task<Refusal> RefuseAsync(HandlingAnswer answer, CaseThread thread, HandlingWish wish, Caller caller, CancellationToken cancel)
    {
        journal.Record(caller.Actor, "handling.refused", thread.Reference, details: new { wish.Act, wish.To, wish.ForCourt, grounds = answer.Grounds.Select(g => g.Word).Distinct() });
        await db.SaveChangesAsync(cancel);
        return ThreadRefusals.Of(answer);
    }

    private HandlingAsk AskOf(HandlingWish wish, IReadOnlyCollection<BureauCode> holders, IReadOnlyCollection<Release> releases) => new()
    {
        Act = wish.Act, By = Self, At = clock.GetUtcNow(), To = wish.To, Holders = holders, ForCourt = wish.ForCourt, Confirmed = wish.Confirmed, Releases = releases,
    };
}

/// <summary>What a person wants to do with what others wrote.</summary>
internal sealed record HandlingWish(HandlingAct Act, IReadOnlyList<BureauCode> To, bool ForCourt, IReadOnlyList<string> Confirmed)
{
    public static HandlingWish InHouse(HandlingAct act, bool forCourt = false, IReadOnlyList<string>? confirmed = null) => new(act, [], forCourt, confirmed ?? []);
}
