using Amana.Server.Access;
using Amana.Server.Data;
using Amana.Server.Foundation;
using Amana.Server.Journal;
using Amana.Vocabulary;
using Microsoft.EntityFrameworkCore;

namespace Amana.Server.BlindQuestions.Asked;

/// <summary>Compliance closes a bureau because of what it asked: it gets no further answer and is told the word, and what it has of today's list is worth nothing.</summary>
internal sealed class CloseBlind(AmanaDb db, Gate gate, ReadJournal entries, BlindShelf shelf, EpochBell bell, JournalWriter journal, TimeProvider clock)
{
    private const int QuestionsMost = 500;

    /// <param name="Question">Number of the journal entry of the question that gave rise to it; null: no single one.</param>
    /// <param name="Reason">For those who read it later; the other bureau is told the word alone.</param>
    public sealed record Request(string? Bureau, long? Question, string? Reason);

    public async Task<Refusal?> RunAsync(Request request, Caller caller, CancellationToken cancel)
    {
        if (await gate.CheckAsync(caller, Right.ManageBlindQuestions, cancel) is { } forbidden) return forbidden;
        if (!BureauCode.TryParse(request.Bureau, null, out var bureau) || await db.BlindTerms.SingleOrDefaultAsync(t => t.Bureau == bureau, cancel) is not { } terms) return BlindRefusals.BureauUnknown;
        if (WrittenReason.Of(request.Reason) is not { } reason) return BlindRefusals.Reason;
        if (terms.ClosedAt is not null) return BlindRefusals.ClosedAlready;
        if (request.Question is { } number && !await WasAskedByAsync(bureau, number, cancel)) return BlindRefusals.QuestionUnknown;
        terms.Close(reason, clock.GetUtcNow());
        journal.Record(caller.Actor, "blind.closed", bureau, details: new { reason, question = request.Question });
        await db.SaveChangesAsync(cancel);
        shelf.Close(); // the next list is made under another key
        bell.Ring();
        return null;
    }

    private async Task<bool> WasAskedByAsync(BureauCode bureau, long number, CancellationToken cancel)
    {
        var read = await entries.RunAsync(new(What: "blind.answered", Before: number + 1, Limit: 1), withContent: false, cancel);
        return read.Succeeded(out var page, out _) && page.Entries is [{ } entry] && entry.Number == number && entry.OnWhat == bureau.Value;
    }

    /// <summary>What was asked of us, newest first: all that is known of it.</summary>
    /// <param name="Number">Of the journal entry, to name it in <see cref="Request"/>.</param>
    /// <param name="OfDay">Which question of its day it was.</param>
    public sealed record Question(long Number, DateTimeOffset At, string Bureau, string Purpose, int OfDay);

    public async Task<Result<IReadOnlyList<Question>>> QuestionsAsync(int most, Caller caller, CancellationToken cancel)
    {
        if (await gate.CheckAsync(caller, Right.ManageBlindQuestions, cancel) is { } forbidden) return forbidden;
        var read = await entries.RunAsync(new(What: "blind.answered", Limit: Math.Clamp(most, 1, QuestionsMost)), withContent: false, cancel);
        if (!read.Succeeded(out var page, out var refused)) return refused;
        return page.Entries.Where(e => e.Details is not null && e.OnWhat is not null).Select(e => new Question(e.Number, e.At, e.OnWhat!, e.Details!.Value.GetProperty("purpose").GetString()!, e.Details.Value.GetProperty("today").GetInt32())).ToList();
    }
}
