using System.Globalization;
using Amana.Server.Data;
using Amana.Server.Foundation;
using Amana.Server.Journal;

namespace Amana.Server.Access;

/// <summary>Erases what is personal in one entry of the journal, where the law says so. The entry stays: who, what, when, and the
/// commitment to what is gone, so that the tree still proves itself.</summary>
/// <remarks>Rules on the Processing of Data, articles 10 and 18: data is kept no longer than its purpose needs.</remarks>
internal sealed class EraseJournalContent(AmanaDb db, Gate gate, JournalWriter journal, JournalContents contents)
{
    public const int ReasonLongest = 1000;

    /// <param name="Reason">Why, for the journal: 10 to 1,000 letters; kept as content of the new entry, since it may name somebody.</param>
    public sealed record Request(long Number, string? Reason);

    public async Task<Refusal?> RunAsync(Request request, Caller caller, CancellationToken cancel)
    {
        if (await gate.CheckAsync(caller, Right.EraseJournalContent, cancel) is { } forbidden) return forbidden;
        string reason = (request.Reason ?? "").Trim();
        if (reason.Length is < 10 or > ReasonLongest) return AccessRefusals.EraseReason;
        if (!await contents.RemoveAsync(request.Number, cancel)) return AccessRefusals.NoContent;
        journal.Record(caller.Actor, "journal.content-erased", request.Number.ToString(CultureInfo.InvariantCulture), content: new { reason });
        await db.SaveChangesAsync(cancel);
        return null;
    }
}
