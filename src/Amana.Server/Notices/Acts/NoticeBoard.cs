using Amana.Lists;
using Amana.Server.Data;
using Amana.Server.PublicNotices;
using Amana.Server.Watchlists;
using Microsoft.EntityFrameworkCore;

namespace Amana.Server.Notices;

/// <summary>Keeps what others see in step with a notice: the list that questions are asked against, and the public shelf. Up while
/// it is in force, down at once when it is not.</summary>
internal sealed class NoticeBoard(AmanaDb db, PublicShelf shelf, KeptList list, NoticeBell bell)
{
    public const string List = "notices-in-force";
    private const string Title = "Notices in force";

    private readonly Dictionary<string, ListedEntity?> _listed = new(StringComparer.Ordinal);

    /// <summary>Released by the requester, or public by its type; a diffusion never is. Source: domain.md 1.2, 1.6.</summary>
    public static bool MayBePublic(Notice notice) => notice is { Form: NoticeForm.Notice, Rules.Public: PublicExtract.Always }
        || (notice is { Form: NoticeForm.Notice, Rules.Public: PublicExtract.OnRelease } && notice.Content.Has("release"));

    /// <summary>Notes what is to be put up or taken down.</summary>
    /// <param name="id">Under which the public knows it, or did; null when it never was public.</param>
    /// <param name="from">The state before.</param>
    public async Task FollowAsync(Notice notice, NoticeState from, string? id, CancellationToken cancel)
    {
        if (notice.State.IsInForce) _listed[notice.Reference] = Listing.Of(notice);
        else if (from.IsInForce) _listed[notice.Reference] = null;
        if (id is null) return;
        if (notice.State.IsInForce && MayBePublic(notice)) await shelf.PutAsync(Extract.Of(notice, id), await PicturesAsync(notice, cancel), cancel);
        else await shelf.RemoveAsync(id, cancel);
    }

    /// <summary>Before the act saves: adds the new version of the list to the context.</summary>
    public async Task WriteAsync(CancellationToken cancel)
    {
        if (_listed.Count == 0) return;
        await list.ChangeAsync(List, Title, [.. _listed.Values.OfType<ListedEntity>()], [.. _listed.Where(l => l.Value is null).Select(l => l.Key)], cancel);
        _listed.Clear();
    }

    /// <summary>Once the act is saved.</summary>
    public async Task ShowAsync(CancellationToken cancel)
    {
        shelf.Show();
        await list.ShowAsync(cancel);
        bell.Ring(); // its recipients
    }

    private async Task<List<PublicPicture>> PicturesAsync(Notice notice, CancellationToken cancel)
    {
        if (!Extract.Releases(notice, "photograph") || notice.Pictures == 0) return [];
        await db.NoticePictures.Where(p => p.Notice == notice.Id).LoadAsync(cancel);
        // As they will be: some may be on their way into the database or out of it.
        return db.NoticePictures.Local.Where(p => p.Notice == notice.Id).OrderBy(p => p.Number).ToList().ConvertAll(p => new PublicPicture($"{notice.Reference.Split('-')[3]}{p.Number:D2}", p.MediaType, p.Bytes));
    }
}
