using Amana.Server.Foundation;
using Amana.Server.Journal;

namespace Amana.Server.Access;

/// <summary>Reads the journal with the caller's eyes: without content, or with it for who may read content.</summary>
internal sealed class ReviewJournal(Gate gate, ReadJournal journal)
{
    public async Task<Result<ReadJournal.PageView>> RunAsync(ReadJournal.Request request, Caller caller, CancellationToken cancel)
    {
        if (await gate.CheckAsync(caller, Right.ReadJournal, cancel) is { } forbidden) return forbidden;
        return await journal.RunAsync(request, caller.Has(Right.ReadJournalContent), cancel);
    }
}
