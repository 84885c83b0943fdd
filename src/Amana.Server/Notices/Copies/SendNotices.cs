using Amana.Server.Data;
using Amana.Server.Exchange;
using Amana.Server.Foundation;
using Amana.Server.Journal;
using Amana.Vocabulary;
using Microsoft.EntityFrameworkCore;

namespace Amana.Server.Notices;

/// <summary>Something about a notice has changed that its recipients should have.</summary>
internal sealed class NoticeBell : Bell;

/// <summary>Tells recipients what became of our notices: in force, changed, suspended, ended. Compares what each was told with what is so, and sends the
/// difference; so nothing is forgotten by a kill, and a bureau that joins later gets what is in force.</summary>
internal sealed class SendNotices(IServiceScopeFactory scopes, Instance instance, BureauBook book, NoticeBell bell, TimeProvider clock, ILogger<SendNotices> log) : TimedWork(Each, clock, log, atOnce: true, bell)
{
    private const int AtOnce = 50, ToMost = 250;
    private static readonly TimeSpan Each = TimeSpan.FromSeconds(10);

    protected override async Task RoundAsync(CancellationToken cancel)
    {
        if (instance.IsSetUp) while (await SendBehindAsync(cancel) == AtOnce) { }
    }

    /// <returns>How many notices were looked after.</returns>
    private async Task<int> SendBehindAsync(CancellationToken cancel)
    {
        if (book.Ours is null) return 0;
        long stamp = book.Stamp;
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<AmanaDb>();
        var own = book.Self;
        var behind = await (from n in db.Notices
                            where n.Bureau == own && n.Amends == null
                            join m in db.NoticeMailings on n.Id equals m.Notice into mailings
                            from m in mailings.DefaultIfEmpty()
                            where m == null
                                ? n.State == NoticeState.Published || n.State == NoticeState.Suspended || n.State == NoticeState.Blocked
                                : m.Version != n.Version || m.Book != stamp
                            orderby n.ChangedAt
                            select n.Id).Take(AtOnce).ToListAsync(cancel);
        foreach (var id in behind) await SendAsync(id, stamp, cancel);
        return behind.Count;
    }

    private async Task SendAsync(Id<Notice> id, long stamp, CancellationToken cancel)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<AmanaDb>();
        var outbox = scope.ServiceProvider.GetRequiredService<Outbox>();
        var journal = scope.ServiceProvider.GetRequiredService<JournalWriter>();
        var notice = await db.Notices.SingleAsync(n => n.Id == id, cancel);
        var copies = await db.NoticeCopies.Where(c => c.Notice == id).ToDictionaryAsync(c => c.Bureau, cancel);
        var now = Clock.GetUtcNow();
        var recipients = notice.State.IsLive ? book.All.Where(b => book.Exchanges(b.Bureau) && b.SealingKeyAt(now) is not null && notice.IsThereFor(b.Bureau.Value) && MayGoTo(b.Bureau)).Select(b => b.Bureau).ToHashSet() : [];
        if (recipients.Count > 0)
        {
            var letter = await LetterAsync(db, notice, cancel);
            string hash = letter.Hash();
            Tell(letter, hash, [.. recipients.Where(b => !copies.TryGetValue(b, out var c) || c.IsRecalled || c.Hash != hash)], "notice.sent");
        }

        // Whoever holds a copy and is no recipient any more, or holds one of what has ended. One that cannot be written to now is told when the directory or our terms have changed.
        var holders = copies.Values.Where(c => !c.IsRecalled && !recipients.Contains(c.Bureau) && book.Exchanges(c.Bureau)).Select(c => c.Bureau).ToList();
        string code = notice.State.IsLive ? NoticeLetter.NotForYou : notice.EndReason ?? NoticeLetter.Ended;
        Tell(new(notice.Reference, notice.Colour, notice.Form, notice.Version, NoticeLetter.Ended, code, notice.Edition, null, null, null, null, null), code, holders, "notice.recalled");

        var mailing = await db.NoticeMailings.SingleOrDefaultAsync(m => m.Notice == id, cancel);
        if (mailing is null) db.Add(mailing = new NoticeMailing { Notice = id });
        (mailing.Version, mailing.Book) = (notice.Version, stamp);
        await db.SaveChangesAsync(cancel);

        // A limited bureau is given no new one that does not name it; what it has is kept true there.
        bool MayGoTo(BureauCode bureau) => !book.IsLimited(bureau) || notice.Form is NoticeForm.Diffusion || (copies.TryGetValue(bureau, out var held) && !held.IsRecalled);

        void Tell(NoticeLetter letter, string hash, IReadOnlyList<BureauCode> to, string fact)
        {
            foreach (var some in to.Chunk(ToMost))
            {
                if (!outbox.Add(NoticeLetter.Kind, letter, some).Succeeded(out var sent, out _)) continue; // looked at again with the next change
                foreach (var bureau in some)
                {
                    if (!copies.TryGetValue(bureau, out var copy)) db.Add(copy = copies[bureau] = new NoticeCopy { Notice = id, Bureau = bureau });
                    copy.Sent(sent, hash, letter.State == NoticeLetter.Ended, now);
                }

                journal.Record(Actor.Server, fact, notice.Reference, details: new { letter = sent, letter.State, letter.Edition, bureaus = some.Length });
            }
        }
    }

    private static async Task<NoticeLetter> LetterAsync(AmanaDb db, Notice notice, CancellationToken cancel)
    {
        var pictures = await db.NoticePictures.AsNoTracking().Where(p => p.Notice == notice.Id).OrderBy(p => p.Number).ToListAsync(cancel);
        var addenda = await db.NoticeAddenda.AsNoTracking().Where(a => a.Notice == notice.Id && a.ReplacedBy == null).OrderBy(a => a.At).ToListAsync(cancel);
        int bytes = 0;
        return new(notice.Reference, notice.Colour, notice.Form, notice.Version, NoticeLetter.WordOf(notice.State), null, notice.Edition, notice.PublishedAt, notice.RetainUntil,
            // Whom the owner excludes is nobody's business.
            notice.Content.Values.Where(v => v.Key != "except").ToDictionary(v => v.Key, v => v.Value, StringComparer.Ordinal),
            [.. pictures.Where(p => (bytes += p.Bytes.Length) <= NoticeLetter.PictureBytesMost).Select(p => new NoticeLetter.Picture(p.MediaType, p.Bytes))],
            addenda.ConvertAll(a => new NoticeLetter.Addendum(a.Kind, a.Bureau, a.At, a.Edition, a.Texts)));
    }
}
