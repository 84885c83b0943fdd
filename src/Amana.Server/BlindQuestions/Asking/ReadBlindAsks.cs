using Amana.Server.Access;
using Amana.Server.Data;
using Amana.Server.Foundation;
using Amana.Server.Journal;
using Microsoft.EntityFrameworkCore;

namespace Amana.Server.BlindQuestions.Asking;

/// <summary>One's own blind questions, and what came of each.</summary>
internal sealed class ReadBlindAsks(AmanaDb db, Gate gate, JournalWriter journal, TimeProvider clock)
{
    private const int Most = 100;

    public sealed record Row(string Reference, DateTimeOffset AskedAt, string Purpose, int Bureaus, bool IsShown, int Yes);

    /// <param name="State">Waiting until all are shown.</param>
    public sealed record ReplyView(string Bureau, BlindState State, string? Word);

    /// <param name="ShownAt">When all answers are shown.</param>
    public sealed record View(string Reference, DateTimeOffset AskedAt, DateTimeOffset ShownAt, bool IsShown, string Purpose, BlindSubject About, IReadOnlyList<ReplyView> Replies);

    public async Task<Result<IReadOnlyList<Row>>> ListAsync(Caller caller, CancellationToken cancel)
    {
        if (await gate.CheckAsync(caller, Right.Screen, cancel) is { } forbidden) return forbidden;
        string own = caller.Actor.ToString();
        var before = clock.GetUtcNow() - BlindAsk.Together;
        var rows = await db.BlindAsks.AsNoTracking().Where(a => a.AskedBy == own).OrderByDescending(a => a.AskedAt).Take(Most)
            .Select(a => new Row(a.Reference, a.AskedAt, a.Purpose, a.Replies.Count, a.AskedAt <= before && a.IsDone, a.AskedAt <= before && a.IsDone ? a.Replies.Count(r => r.State == BlindState.Yes) : 0)).ToListAsync(cancel);
        return rows;
    }

    public async Task<Result<View>> RunAsync(string reference, Caller caller, CancellationToken cancel)
    {
        if (await gate.CheckAsync(caller, Right.Screen, cancel) is { } forbidden) return forbidden;
        string own = caller.Actor.ToString();
        if (await db.BlindAsks.AsNoTracking().Include(a => a.Replies).SingleOrDefaultAsync(a => a.Reference == reference && a.AskedBy == own, cancel) is not { } ask) return BlindRefusals.Unknown;
        bool isShown = ask.IsDone && clock.GetUtcNow() - ask.AskedAt >= BlindAsk.Together;
        journal.Record(caller.Actor, "blind.read", reference, details: new { isShown });
        await db.SaveChangesAsync(cancel);
        return new View(ask.Reference, ask.AskedAt, ask.AskedAt + BlindAsk.Together, isShown, ask.Purpose, ask.About,
            [.. ask.Replies.OrderBy(r => r.Bureau.Value, StringComparer.Ordinal).Select(r => isShown ? new ReplyView(r.Bureau.Value, r.State, r.Word) : new ReplyView(r.Bureau.Value, BlindState.Waiting, null))]);
    }
}
