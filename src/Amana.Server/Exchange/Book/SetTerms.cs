using Amana.Exchange.Directory;
using Amana.Server.Access;
using Amana.Server.Data;
using Amana.Server.Foundation;
using Amana.Server.Journal;
using Amana.Vocabulary;
using Microsoft.EntityFrameworkCore;

namespace Amana.Server.Exchange.Book;

/// <summary>What this bureau itself says of another: that it refuses or limits it, or that its key was compared by telephone.</summary>
internal sealed class SetTerms(AmanaDb db, Gate gate, DirectoryTurn turn, BureauBook book, JournalWriter journal, TimeProvider clock)
{
    /// <param name="Refuse">True: nothing goes there and nothing is taken; false: no longer; null: as it is.</param>
    /// <param name="Reason">Why it is refused or limited, 3 to 500 letters.</param>
    /// <param name="Words">Of its newest signing key, as somebody there read them; null: not compared now.</param>
    /// <param name="Limit">True: <see cref="BureauBook.IsLimited"/>; false: no longer; null: as it is.</param>
    public sealed record Request(string? Bureau, bool? Refuse, string? Reason, string? Words, bool? Limit = null);

    public async Task<Refusal?> RunAsync(Request request, Caller caller, CancellationToken cancel)
    {
        if (await gate.CheckAsync(caller, Right.ManageBureaus, cancel) is { } forbidden) return forbidden;
        using var alone = await turn.TakeAsync(cancel);
        if (!BureauCode.TryParse(request.Bureau, null, out var code) || book.Find(code) is not { } entry) return ExchangeRefusals.BureauUnknown;
        if (code == book.Self || await db.Correspondents.SingleOrDefaultAsync(c => c.Bureau == code, cancel) is not { } other) return ExchangeRefusals.Ourselves;
        var now = clock.GetUtcNow();
        if (request.Words is { Length: > 0 } said)
        {
            if (entry.Signing.Where(k => k.IsGoodAt(now)).Select(k => KeyWords.Of(k.Key.Span)).FirstOrDefault(w => EntryRules.AreWords(said, w)) is not { } words) return ExchangeRefusals.Words;
            other.Compare(words, now);
            journal.Record(caller.Actor, "bureau.key-compared", code, details: new { words });
        }

        if (request.Refuse is { } refuse)
        {
            string? reason = WrittenReason.Of(request.Reason);
            if (refuse && reason is null) return ExchangeRefusals.Reason;
            other.Refuse(refuse ? reason : null, now);
            journal.Record(caller.Actor, refuse ? "bureau.refused" : "bureau.admitted", code, details: new { reason });
        }

        if (request.Limit is { } limit)
        {
            string? reason = WrittenReason.Of(request.Reason);
            if (limit && reason is null) return ExchangeRefusals.Reason;
            other.Limit(limit ? reason : null);
            journal.Record(caller.Actor, limit ? "bureau.limited" : "bureau.unlimited", code, details: new { reason });
        }

        await db.SaveChangesAsync(cancel);
        await book.ReadAsync(db, cancel);
        return null;
    }
}
