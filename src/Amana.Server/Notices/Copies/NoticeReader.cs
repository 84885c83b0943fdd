using System.Text.Json;
using Amana.Exchange.Envelopes;
using Amana.Server.Data;
using Amana.Server.Exchange;
using Amana.Server.Foundation;
using Amana.Server.Journal;
using Amana.Server.Uploads;
using Amana.Vocabulary;
using Microsoft.EntityFrameworkCore;

namespace Amana.Server.Notices;

/// <summary>Another bureau's notice comes, changes or ends. Its copy stands among our notices under its own reference, answers questions while it is in force, and is
/// deleted when its owner says so; that is answered with a signed receipt.</summary>
internal sealed class NoticeReader(AmanaDb db, NoticeDesk desk, NoticeBoard board, Editions editions, NoticeTurn turns, LookBack lookBack, Outbox outbox, BureauBook book, JournalWriter journal, TimeProvider clock) : ILetterReader
{
    private IDisposable? _turn;

    public async Task<string?> TakeAsync(ReceivedLetter letter, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(letter);
        if (letter.Body.ValueKind is not JsonValueKind.Object || letter.Body.Deserialize<NoticeLetter>(JsonRules.Options) is not { Reference: { } text } said) return "unreadable";
        if (!NoticeReference.TryParse(text, null, out var reference) || reference.ToString() != text || reference.Amendment is not null) return "reference";
        if (reference.Bureau != letter.From) return "owner"; // nobody speaks of another's notice
        if (!Enum.IsDefined(said.Colour) || !Enum.IsDefined(said.Form) || reference.Letter != NoticeRules.Own.Of(said.Colour).Letter) return "colour";
        string code = letter.From.Value;
        if (said.State != NoticeLetter.Ended && await db.BureauMeasures.AnyAsync(m => m.Bureau == code && m.Until == null, cancel)) return "measure"; // it may send no requests here

        _turn = await turns.TakeAsync(cancel);
        var notice = await db.Notices.SingleOrDefaultAsync(n => n.Reference == text, cancel);
        var origin = notice is null ? null : await db.NoticeOrigins.SingleOrDefaultAsync(o => o.Notice == notice.Id, cancel);
        if (notice is not null && origin is null) return "reference"; // our own
        if (origin is not null && said.Version <= origin.Version) return null; // a later one is here already
        if (said.State == NoticeLetter.Ended)
        {
            if (notice is not null) await EndAsync(notice, origin!, letter, said, cancel);
            outbox.AddReceipt(letter.Id, letter.From, LetterStep.Acted);
        }
        else if (await KeepAsync(notice, origin, letter, said, cancel) is { } wrong) return wrong;

        await board.WriteAsync(cancel);
        return null;
    }

    public async Task AfterAsync(bool isSaved, CancellationToken cancel)
    {
        try
        {
            if (!isSaved || _turn is null) return;
            await board.ShowAsync(cancel);
            lookBack.Wake();
        }
        finally
        {
            _turn?.Dispose();
        }
    }

    private async Task<string?> KeepAsync(Notice? notice, NoticeOrigin? origin, ReceivedLetter letter, NoticeLetter said, CancellationToken cancel)
    {
        if (said.State is not (NoticeLetter.InForce or NoticeLetter.Suspended or NoticeLetter.Blocked) || said.Content is null) return "unreadable";
        var (content, problems) = NoticeContent.ReadAll(said.Colour, said.Content);
        if (problems.Count > 0) return "content";
        var pictures = new List<(string Type, byte[] Bytes)>();
        foreach (var picture in said.Pictures ?? [])
        {
            if (pictures.Count == AddPicture.PicturesMax || !CleanPicture.TryRead(picture.Bytes, out string type, out byte[] clean)) return "picture";
            pictures.Add((type, clean));
        }

        if ((said.Addenda ?? []).Any(a => a.Texts.Count == 0 || a.Texts.Values.Any(t => t.Length > NoticeAddendum.CharsMax) || a.Texts.Keys.Any(l => !NoticeRules.Languages.Contains(l)))) return "addendum";
        if (notice is { State: NoticeState.Deleted }) return "ended"; // a tombstone does not live again

        var now = clock.GetUtcNow();
        var from = notice?.State ?? NoticeState.Draft;
        if (notice is null)
        {
            notice = new Notice
            {
                Id = Id<Notice>.New(clock), Reference = said.Reference, Colour = said.Colour, Form = said.Form, Bureau = letter.From, Author = $"bureau:{letter.From}", MadeAt = now,
            };
            db.Notices.Add(notice);
            db.Add(origin = new NoticeOrigin { Notice = notice.Id, Bureau = letter.From });
        }
        else if (said.Edition > notice.Edition)
        {
            db.NoticeEditions.Add(new NoticeEdition
            {
                Id = Id<NoticeEdition>.New(clock), Notice = notice.Id, Number = notice.Edition, From = notice.AmendedAt ?? notice.PublishedAt ?? notice.MadeAt, Until = now, Content = notice.Content,
            });
        }

        // Somebody whom a state may not pursue, or a bureau that is limited: the copy waits for a reviewer, and nobody outside learns why.
        var facts = await desk.FactsAsync(letter.From, said.Form, content, pictures.Count, said.Reference, Access.Caller.OfServer(letter.From), cancel);
        notice.Receive(content, said, facts.Protected || book.IsLimited(letter.From), pictures.Count, now);
        (origin!.Letter, origin.Version, origin.ReadAt) = (letter.Id, said.Version, null);
        await PutBesideAsync(notice, pictures, said.Addenda ?? [], cancel);
        db.NoticeSteps.Add(new NoticeStep { Id = Id<NoticeStep>.New(clock), Notice = notice.Id, Event = StepOf(notice.State, from), To = notice.State, By = $"bureau:{letter.From}", At = now });
        await board.FollowAsync(notice, from, null, cancel);
        journal.Record(Actor.Server, "notice.received", notice.Reference, details: new { notice.Colour, notice.Form, said.State, said.Edition, kept = notice.State, letter = letter.Id });
        return null;
    }

    private async Task EndAsync(Notice notice, NoticeOrigin origin, ReceivedLetter letter, NoticeLetter said, CancellationToken cancel)
    {
        var from = notice.State;
        (origin.Letter, origin.Version) = (letter.Id, said.Version);
        if (from is NoticeState.Deleted) return;
        notice.EndByOwner(said.EndCode, clock.GetUtcNow());
        await board.FollowAsync(notice, from, null, cancel);
        await editions.EraseAsync(notice, cancel);
        db.NoticeSteps.Add(new NoticeStep { Id = Id<NoticeStep>.New(clock), Notice = notice.Id, Event = NoticeEvent.Delete, To = notice.State, By = $"bureau:{letter.From}", At = clock.GetUtcNow(), Code = notice.EndReason });
        journal.Record(Actor.Server, "notice.ended-by-owner", notice.Reference, details: new { notice.EndReason, letter = letter.Id });
    }

    private async Task PutBesideAsync(Notice notice, List<(string Type, byte[] Bytes)> pictures, IReadOnlyList<NoticeLetter.Addendum> addenda, CancellationToken cancel)
    {
        db.NoticePictures.RemoveRange(await db.NoticePictures.Where(p => p.Notice == notice.Id).ToListAsync(cancel));
        for (int i = 0; i < pictures.Count; i++)
        {
            db.NoticePictures.Add(new NoticePicture { Id = Id<NoticePicture>.New(clock), Notice = notice.Id, Number = i + 1, MediaType = pictures[i].Type, Bytes = pictures[i].Bytes });
        }

        string own = $"bureau:{notice.Bureau}";
        db.NoticeAddenda.RemoveRange(await db.NoticeAddenda.Where(a => a.Notice == notice.Id && a.By == own).ToListAsync(cancel));
        foreach (var said in addenda)
        {
            db.NoticeAddenda.Add(new NoticeAddendum { Id = Id<NoticeAddendum>.New(clock), Notice = notice.Id, Edition = said.Edition, Kind = said.Kind, Bureau = said.Bureau, By = own, At = said.At, Texts = said.Texts });
        }
    }

    private static NoticeEvent StepOf(NoticeState to, NoticeState from) => to switch
    {
        NoticeState.Suspended => NoticeEvent.Suspend,
        NoticeState.Blocked => NoticeEvent.Block,
        _ => from is NoticeState.Suspended ? NoticeEvent.Resume : from is NoticeState.Published ? NoticeEvent.TakeUp : NoticeEvent.Publish,
    };
}
