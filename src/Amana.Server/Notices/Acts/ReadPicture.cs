using Amana.Server.Access;
using Amana.Server.Data;
using Amana.Server.Foundation;
using Microsoft.EntityFrameworkCore;

namespace Amana.Server.Notices;

/// <summary>The bytes of one photograph, for who may open the notice; opening the notice is what is journaled.</summary>
internal sealed class ReadPicture(AmanaDb db, Gate gate, NoticeDesk desk)
{
    public sealed record Request(string Reference, int Number);

    public sealed record Answer(string MediaType, byte[] Bytes);

    public async Task<Result<Answer>> RunAsync(Request request, Caller caller, CancellationToken cancel)
    {
        if (await gate.CheckAsync(caller, Right.ReadNotices, cancel) is { } forbidden) return forbidden;
        if (!(await desk.FindAsync(request.Reference, caller, cancel)).Succeeded(out var notice, out var unknown)) return unknown;
        return await db.NoticePictures.AsNoTracking().SingleOrDefaultAsync(p => p.Notice == notice.Id && p.Number == request.Number, cancel)
            is { } picture ? new Answer(picture.MediaType, picture.Bytes) : NoticeRefusals.Unknown;
    }
}
