using Amana.Server.Access;
using Amana.Server.Data;
using Amana.Server.Foundation;
using Amana.Server.Journal;
using Amana.Vocabulary;

namespace Amana.Server.Notices;

/// <summary>Makes a notice ready for paper: who prints, when and for what stands on each page and in the journal.</summary>
internal sealed class PrintNotice(AmanaDb db, Gate gate, JournalWriter journal, ReadNotice readNotice, PrintSeal seal, TimeProvider clock)
{
    public sealed record Request(string Reference, string? Purpose);

    /// <param name="Code">With which anybody can ask whether the paper is still good.</param>
    public sealed record View(NoticeView Notice, Purpose Purpose, string Code, DateTimeOffset At);

    public async Task<Result<View>> RunAsync(Request request, Caller caller, CancellationToken cancel)
    {
        if (!(await gate.CheckAsync(caller, Right.ReadNotices, request.Purpose, cancel)).Succeeded(out var purpose, out var forbidden)) return forbidden;
        if (!(await readNotice.RunAsync(new(request.Reference, purpose.Code), caller, cancel)).Succeeded(out var notice, out var refused)) return refused;
        journal.Record(caller.Actor, "notice.printed", notice.Row.Reference, purpose, new { notice.Edition });
        await db.SaveChangesAsync(cancel);
        return new View(notice, purpose, seal.CodeOf(notice.Row.Reference, notice.Edition), clock.GetUtcNow());
    }
}
