using System.Text.Json;
using System.Text.RegularExpressions;
using Amana.Server.Data;
using Amana.Server.Exchange;
using Amana.Server.Foundation;
using Amana.Server.Journal;
using Amana.Server.Screening;
using Microsoft.EntityFrameworkCore;

namespace Amana.Server.Notices;

/// <summary>That a bureau has a hit on a notice of another. Specification: docs/specs/messages.md.</summary>
/// <param name="Reference">Of the notice.</param>
/// <param name="Hit">The writer's own reference of the hit.</param>
/// <param name="Number">From 1; a later word about the same hit has a higher one.</param>
/// <param name="Verdict">Null: not decided any more.</param>
internal sealed record HitLetter(string? Reference, string? Hit, DateTimeOffset? FoundAt, int? Number, Verdict? Verdict)
{
    public const string Kind = "hit";
}

/// <summary>Another bureau tells us of a hit on a notice of ours.</summary>
internal sealed partial class HitReader(AmanaDb db, BureauBook book, JournalWriter journal, TimeProvider clock) : ILetterReader
{
    private const int PerBureauMost = 1_000;

    public async Task<string?> TakeAsync(ReceivedLetter letter, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(letter);
        if (letter.Body.ValueKind is not JsonValueKind.Object || letter.Body.Deserialize<HitLetter>(JsonRules.Options) is not { Hit: { } hit, FoundAt: { } found, Number: { } number and > 0 } said
            || !HitForm().IsMatch(hit) || (said.Verdict is { } verdict && !Enum.IsDefined(verdict))) return "unreadable";
        var own = book.Self;
        // Whoever was not told of it is answered as for no notice.
        if (await db.Notices.SingleOrDefaultAsync(n => n.Reference == said.Reference && n.Bureau == own && n.Amends == null, cancel) is not { State.IsLive: true } notice || !notice.IsThereFor(letter.From.Value)) return "unknown";
        var known = await db.HitsAbroad.SingleOrDefaultAsync(h => h.Notice == notice.Id && h.Bureau == letter.From && h.Hit == hit, cancel);
        if (known is null)
        {
            if (await db.HitsAbroad.CountAsync(h => h.Notice == notice.Id && h.Bureau == letter.From, cancel) >= PerBureauMost) return "too-many";
            db.HitsAbroad.Add(known = new HitAbroad { Notice = notice.Id, Bureau = letter.From, Hit = hit, FoundAt = found });
        }

        known.Hear(number, said.Verdict, clock.GetUtcNow());
        journal.Record(Actor.Server, "notice.hit-heard", notice.Reference, details: new { from = letter.From.Value, hit, said.Verdict });
        return null;
    }

    [GeneratedRegex("^[A-Z0-9-]{1,40}$", RegexOptions.NonBacktracking)]
    private static partial Regex HitForm();
}
