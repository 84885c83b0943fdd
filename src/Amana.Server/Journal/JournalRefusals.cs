using Amana.Server.Foundation;

namespace Amana.Server.Journal;

internal static class JournalRefusals
{
    public static readonly Refusal Limit = new(RefusalKind.Invalid, "journal.limit",
        $"A page has 1 to {ReadJournal.PageMost} entries.", Field: "limit");
    public static readonly Refusal Before = new(RefusalKind.Invalid, "journal.before",
        "Entries are numbered from 1; 'before' is the number that the last page answered.", Field: "before");
    public static readonly Refusal Times = new(RefusalKind.Invalid, "journal.times",
        "'from' must be before 'to'.", Field: "from");
    public static readonly Refusal NoCheckpoint = new(RefusalKind.NotFound, "journal.no-checkpoint",
        "The journal has not been signed yet; it is within a second of the start.");
    public static readonly Refusal NoEntry = new(RefusalKind.NotFound, "journal.no-entry",
        "The journal has no entry of this number.");
    public static readonly Refusal NotProved = new(RefusalKind.Conflict, "journal.not-proved",
        "This entry is not under a signed checkpoint, or not what was signed. Check the chain.");
    public static readonly Refusal NoTile = new(RefusalKind.NotFound, "journal.no-tile",
        "There is no such tile under the newest checkpoint. Paths: C2SP tlog-tiles.");
}
