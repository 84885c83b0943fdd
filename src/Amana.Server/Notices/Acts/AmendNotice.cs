using Amana.Server.Access;
using Amana.Server.Data;
using Amana.Server.Foundation;
using Amana.Server.Journal;
using Microsoft.EntityFrameworkCore;

namespace Amana.Server.Notices;

/// <summary>Begins an amendment: a copy of what is in force, to be changed, checked and reviewed like a new request. What is in force
/// stays so until the amendment is taken up. One at a time.</summary>
internal sealed class AmendNotice(AmanaDb db, Gate gate, JournalWriter journal, NoticeDesk desk, NoticeTurn turns, TimeProvider clock)
{
    public sealed record Request(string Reference);

    public async Task<Result<Notice>> RunAsync(Request request, Caller caller, CancellationToken cancel)
    {
        if (await gate.CheckAsync(caller, Right.DraftNotices, cancel) is { } forbidden) return forbidden;
        using var turn = await turns.TakeAsync(cancel);
        if (!(await desk.FindAsync(request.Reference, caller, cancel)).Succeeded(out var notice, out var unknown)) return unknown;
        if (notice.Bureau != caller.Bureau) return NoticeRefusals.Unknown;
        if (!(await gate.CheckAsync(caller, Right.DraftNotices, notice.Rules.Purpose, cancel)).Succeeded(out var purpose, out forbidden)) return forbidden;
        if (notice.Amends is not null || notice.State is not (NoticeState.Published or NoticeState.Suspended)) return NoticeRefusals.NotAmendable;
        var earlier = await db.Notices.AsNoTracking().Where(n => n.Amends == notice.Id).Select(n => n.State).ToListAsync(cancel);
        if (earlier.Exists(s => s.IsAtWork)) return NoticeRefusals.AmendmentOpen;

        var now = clock.GetUtcNow();
        var reference = NoticeReference.Parse(notice.Reference, null);
        var amendment = new Notice
        {
            Id = Id<Notice>.New(clock), Colour = notice.Colour, Form = notice.Form, Bureau = notice.Bureau, Author = caller.Actor.ToString(), MadeAt = now, Amends = notice.Id, AmendsEdition = notice.Edition,
            Reference = NoticeReference.Of(reference.Bureau, reference.Letter, reference.Year, reference.Serial, earlier.Count + 1).ToString(),
        };
        if (amendment.Save(notice.Content, amendment.Version, now) is { } refused) return refused;
        foreach (var picture in await db.NoticePictures.AsNoTracking().Where(p => p.Notice == notice.Id).OrderBy(p => p.Number).ToListAsync(cancel))
        {
            db.NoticePictures.Add(new NoticePicture { Id = Id<NoticePicture>.New(clock), Notice = amendment.Id, Number = ++amendment.Pictures, MediaType = picture.MediaType, Bytes = picture.Bytes });
        }

        db.Notices.Add(amendment);
        journal.Record(caller.Actor, "notice.amendment-begun", notice.Reference, purpose, new { amendment = amendment.Reference, notice.Edition });
        await db.SaveChangesAsync(cancel);
        return amendment;
    }
}
