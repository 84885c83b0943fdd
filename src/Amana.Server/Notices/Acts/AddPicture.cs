using Amana.Server.Access;
using Amana.Server.Data;
using Amana.Server.Foundation;
using Amana.Server.Journal;
using Amana.Server.Uploads;

namespace Amana.Server.Notices;

/// <summary>Adds a photograph to a request that is still open to its owner; what the camera wrote beside it is left out.</summary>
internal sealed class AddPicture(AmanaDb db, Gate gate, UploadGate uploads, JournalWriter journal, NoticeDesk desk, NoticeTurn turns, TimeProvider clock)
{
    public const int PicturesMax = 10;

    public sealed record Request(string Reference, byte[] Bytes);

    /// <returns>Its number within the notice.</returns>
    public async Task<Result<int>> RunAsync(Request request, Caller caller, CancellationToken cancel)
    {
        if (await gate.CheckAsync(caller, Right.DraftNotices, cancel) is { } forbidden) return forbidden;
        if (request.Bytes.Length <= CleanPicture.BytesMax && await uploads.CheckAsync(request.Bytes, "picture", caller.Actor, cancel) is { } infected) return infected;
        using var turn = await turns.TakeAsync(cancel);
        if (!(await desk.FindAsync(request.Reference, caller, cancel)).Succeeded(out var notice, out var unknown)) return unknown;
        if (notice.Bureau != caller.Bureau) return NoticeRefusals.Unknown;
        if (!(await gate.CheckAsync(caller, Right.DraftNotices, notice.Rules.Purpose, cancel)).Succeeded(out var purpose, out forbidden)) return forbidden;
        if (!notice.State.IsOpenToOwner) return NoticeRefusals.NotOpen;
        if (notice.Pictures >= PicturesMax) return NoticeRefusals.PicturesTooMany;
        if (!CleanPicture.TryRead(request.Bytes, out string mediaType, out byte[] clean)) return NoticeRefusals.PictureUnreadable;

        Add(notice, mediaType, clean);
        journal.Record(caller.Actor, "notice.picture-added", notice.Reference, purpose, new { number = notice.Pictures, bytes = clean.Length, leftOut = request.Bytes.Length - clean.Length });
        await db.SaveChangesAsync(cancel);
        return notice.Pictures;
    }

    /// <summary>Adds it to the context.</summary>
    internal void Add(Notice notice, string mediaType, byte[] clean) =>
        db.NoticePictures.Add(new NoticePicture { Id = Id<NoticePicture>.New(clock), Notice = notice.Id, Number = ++notice.Pictures, MediaType = mediaType, Bytes = clean });
}
