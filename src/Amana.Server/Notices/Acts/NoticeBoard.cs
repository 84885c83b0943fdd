using Amana.Server.Data;
using Amana.Server.PublicNotices;
using Microsoft.EntityFrameworkCore;

namespace Amana.Server.Notices;

/// <summary>Keeps what others see in step with a notice: the public shelf. Up while it is in force, down at once
/// when it is not.</summary>
internal sealed class NoticeBoard(AmanaDb db, PublicShelf shelf)
{
    /// <summary>Released by the requester, or public by its type; a diffusion never is. Source: domain.md 1.2, 1.6.</summary>
    public static bool MayBePublic(Notice notice) => notice is { Form: NoticeForm.Notice, Rules.Public: PublicExtract.Always }
        || (notice is { Form: NoticeForm.Notice, Rules.Public: PublicExtract.OnRelease } && notice.Content.Has("release"));

    /// <summary>Changes the context; the act's saving writes it.</summary>
    /// <param name="id">Under which the public knows it, or did; null when it never was public.</param>
    public async Task FollowAsync(Notice notice, string? id, CancellationToken cancel)
    {
        if (id is null) return;
        if (notice.State.IsInForce && MayBePublic(notice)) await shelf.PutAsync(Extract.Of(notice, id), await PicturesAsync(notice, cancel), cancel);
        else await shelf.RemoveAsync(id, cancel);
    }

    /// <summary>Once the act is saved.</summary>
    public void Show() => shelf.Show();

    private async Task<List<PublicPicture>> PicturesAsync(Notice notice, CancellationToken cancel)
    {
        if (!Extract.Releases(notice, "photograph") || notice.Pictures == 0) return [];
        var kept = await db.NoticePictures.AsNoTracking().Where(p => p.Notice == notice.Id).OrderBy(p => p.Number).ToListAsync(cancel);
        if (kept.Count == 0) kept = [.. db.NoticePictures.Local.Where(p => p.Notice == notice.Id).OrderBy(p => p.Number)];
        return kept.ConvertAll(p => new PublicPicture($"{notice.Reference.Split('-')[3]}{p.Number:D2}", p.MediaType, p.Bytes));
    }
}
