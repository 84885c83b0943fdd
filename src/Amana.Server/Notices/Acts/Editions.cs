using Amana.Server.Data;
using Amana.Server.Foundation;
using Amana.Server.Journal;
using Amana.Vocabulary;
using Microsoft.EntityFrameworkCore;

namespace Amana.Server.Notices;

/// <summary>What a notice says and said: an amendment becomes its new edition, and all of it goes when the notice goes. Adds to the
/// context; the acts check and save.</summary>
internal sealed class Editions(AmanaDb db, JournalWriter journal, NoticeBoard board, NoticeSerials serials, NamesInMind names, TimeProvider clock)
{
    /// <summary>Puts what an amendment says in the place of the edition that is in force, which is kept. List and public shelf follow in
    /// the same transaction.</summary>
    /// <returns>Null when taken up.</returns>
    public async Task<Refusal?> TakeUpAsync(Notice amendment, Step step, Actor who, Purpose? purpose, CancellationToken cancel)
    {
        var amended = amendment.Amends!.Value;
        var notice = await db.Notices.SingleAsync(n => n.Id == amended, cancel);
        var before = new NoticeEdition
        {
            Id = Id<NoticeEdition>.New(clock), Notice = notice.Id, Number = notice.Edition, From = notice.AmendedAt ?? notice.PublishedAt!.Value, Until = step.At, Content = notice.Content,
        };
        string? publicId = notice.PublicId;
        if (notice.Adopt(amendment, step.At) is { } refused) return refused;
        db.NoticeEditions.Add(before);
        db.NoticePictures.RemoveRange(await db.NoticePictures.Where(p => p.Notice == notice.Id).ToListAsync(cancel));
        foreach (var picture in await db.NoticePictures.Where(p => p.Notice == amendment.Id).ToListAsync(cancel)) picture.Notice = notice.Id;
        foreach (var answer in await db.NoticeAnswers.AsNoTracking().Where(a => a.Notice == amendment.Id).ToListAsync(cancel)) db.NoticeAnswers.Add(answer.For(notice.Id, Id<NoticeAnswer>.New(clock)));
        db.NoticeSteps.Add(new NoticeStep { Id = Id<NoticeStep>.New(clock), Notice = notice.Id, Event = NoticeEvent.TakeUp, To = notice.State, By = step.By, At = step.At });
        if (publicId is null && NoticeBoard.MayBePublic(notice)) notice.PublicId = publicId = await serials.NextPublicIdAsync(step.At, cancel);
        await board.FollowAsync(notice, notice.State, publicId, cancel);
        journal.Record(who, "notice.edition-published", notice.Reference, purpose, new { notice.Edition, amendment = amendment.Reference });
        return null;
    }

    /// <summary>Nobody works on an amendment of a notice that has ended.</summary>
    public async Task EndAmendmentsAsync(Notice notice, DateTimeOffset at, CancellationToken cancel)
    {
        foreach (var amendment in await db.Notices.Where(n => n.Amends == notice.Id && n.State != NoticeState.TakenUp && n.State != NoticeState.Deleted).ToListAsync(cancel))
        {
            amendment.EndWithNotice(at);
            await EraseAsync(amendment, cancel);
        }
    }

    /// <summary>What is left says that there was a notice, and no more: answers, pictures, reasons and editions speak of the person.</summary>
    public async Task EraseAsync(Notice notice, CancellationToken cancel)
    {
        names.Forget(notice.Id);
        db.NoticeAnswers.RemoveRange(await db.NoticeAnswers.Where(a => a.Notice == notice.Id).ToListAsync(cancel));
        db.NoticeEditions.RemoveRange(await db.NoticeEditions.Where(e => e.Notice == notice.Id).ToListAsync(cancel));
        db.Sightings.RemoveRange(await db.Sightings.Where(s => s.Notice == notice.Id).ToListAsync(cancel));
        db.HitsAbroad.RemoveRange(await db.HitsAbroad.Where(h => h.Notice == notice.Id).ToListAsync(cancel));
        db.ToldHits.RemoveRange(await db.ToldHits.Where(t => t.Notice == notice.Id).ToListAsync(cancel));
        db.NoticeAddenda.RemoveRange(await db.NoticeAddenda.Where(a => a.Notice == notice.Id).ToListAsync(cancel));
        await db.NoticePictures.Where(p => p.Notice == notice.Id).LoadAsync(cancel);
        db.NoticePictures.RemoveRange(db.NoticePictures.Local.Where(p => p.Notice == notice.Id).ToList());
        await db.NoticeSteps.Where(s => s.Notice == notice.Id).LoadAsync(cancel);
        foreach (var step in db.NoticeSteps.Local.Where(s => s.Notice == notice.Id)) step.Reason = null;
    }
}
