using Amana.Server.Access;
using Amana.Server.Data;
using Amana.Server.Foundation;
using Amana.Server.Journal;
using Microsoft.EntityFrameworkCore;

namespace Amana.Server.Notices;

/// <summary>Takes a photograph out of a request that is still open to its owner; those after it move up.</summary>
internal sealed class RemovePicture(AmanaDb db, Gate gate, JournalWriter journal, NoticeDesk desk, NoticeTurn turns)
{
    public sealed record Request(string Reference, int Number);

    public async Task<Refusal?> RunAsync(Request request, Caller caller, CancellationToken cancel)
    {
        if (await gate.CheckAsync(caller, Right.DraftNotices, cancel) is { } forbidden) return forbidden;
        using var turn = await turns.TakeAsync(cancel);
        if (!(await desk.FindAsync(request.Reference, caller, cancel)).Succeeded(out var notice, out var unknown)) return unknown;
        if (notice.Bureau != caller.Bureau) return NoticeRefusals.Unknown;
        if (!(await gate.CheckAsync(caller, Right.DraftNotices, notice.Rules.Purpose, cancel)).Succeeded(out var purpose, out forbidden)) return forbidden;
        if (!notice.State.IsOpenToOwner) return NoticeRefusals.NotOpen;
        var pictures = await db.NoticePictures.Where(p => p.Notice == notice.Id).OrderBy(p => p.Number).ToListAsync(cancel);
        if (pictures.Find(p => p.Number == request.Number) is not { } gone) return NoticeRefusals.PictureUnknown;

        db.NoticePictures.Remove(gone);
        foreach (var later in pictures.Where(p => p.Number > request.Number)) later.Number--;
        notice.Pictures = pictures.Count - 1;
        journal.Record(caller.Actor, "notice.picture-removed", notice.Reference, purpose, new { number = request.Number });
        await db.SaveChangesAsync(cancel);
        return null;
    }
}
