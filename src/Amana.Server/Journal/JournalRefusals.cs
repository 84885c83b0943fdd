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
}
