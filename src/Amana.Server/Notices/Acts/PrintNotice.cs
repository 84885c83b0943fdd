using Amana.Server.Access;
using Amana.Server.Data;
using Amana.Server.Foundation;
using Amana.Server.Journal;
using Amana.Vocabulary;
using Microsoft.EntityFrameworkCore;

namespace Amana.Server.Notices;

/// <summary>Makes a notice ready for paper: who prints, when, for what and which copy stands on each page and in the journal.</summary>
internal sealed class PrintNotice(AmanaDb db, Gate gate, JournalWriter journal, ReadNotice readNotice, NoticeSerials serials, NoticeTurn turns, PrintSeal seal, TimeProvider clock)
{
    public const int PicturesMax = 2;

    /// <param name="WithPictures">The bytes of the first photographs are wanted, for a file; a page names their addresses.</param>
    public sealed record Request(string Reference, string? Purpose, bool WithPictures = false);

    /// <param name="Code">With which anybody can ask whether the paper is still good.</param>
    /// <param name="Copy">How often this edition has been printed, this time counted.</param>
    public sealed record View(NoticeView Notice, Purpose Purpose, string Code, int Copy, DateTimeOffset At, IReadOnlyList<byte[]> Pictures);

    public async Task<Result<View>> RunAsync(Request request, Caller caller, CancellationToken cancel)
    {
        if (!(await gate.CheckAsync(caller, Right.ReadNotices, request.Purpose, cancel)).Succeeded(out var purpose, out var forbidden)) return forbidden;
        if (!(await readNotice.RunAsync(new(request.Reference, purpose.Code), caller, cancel)).Succeeded(out var notice, out var refused)) return refused;
        using var turn = await turns.TakeAsync(cancel);
        int copy = await serials.NextCopyAsync(notice.Row.Reference, notice.Edition, cancel);
        journal.Record(caller.Actor, "notice.printed", notice.Row.Reference, purpose, new { notice.Edition, copy });
        await db.SaveChangesAsync(cancel);
        IReadOnlyList<byte[]> pictures = request.WithPictures ? await PicturesOfAsync(notice.Row.Reference, cancel) : [];
        return new View(notice, purpose, seal.CodeOf(notice.Row.Reference, notice.Edition), copy, clock.GetUtcNow(), pictures);
    }

    private async Task<IReadOnlyList<byte[]>> PicturesOfAsync(string reference, CancellationToken cancel)
    {
        var id = await db.Notices.Where(n => n.Reference == reference).Select(n => n.Id).SingleAsync(cancel);
        var pictures = await db.NoticePictures.AsNoTracking().Where(p => p.Notice == id)
            .OrderBy(p => p.Number).Take(PicturesMax).ToListAsync(cancel);
        return [.. pictures.Select(p => p.Bytes)];
    }
}
