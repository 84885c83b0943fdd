using Amana.Server.Access;
using Amana.Server.Data;
using Amana.Server.Foundation;
using Amana.Server.Journal;

namespace Amana.Server.Notices;

/// <summary>Begins a notice or diffusion. It gets its reference at once and is seen by its bureau alone.</summary>
internal sealed class DraftNotice(AmanaDb db, Gate gate, JournalWriter journal, NoticeSerials serials, NoticeTurn turns, TimeProvider clock)
{
    /// <param name="Fields">What is known already; may be empty.</param>
    public sealed record Request(NoticeColour Colour, NoticeForm Form, IReadOnlyDictionary<string, IReadOnlyList<string>> Fields);

    public async Task<Result<Notice>> RunAsync(Request request, Caller caller, CancellationToken cancel)
    {
        var rules = NoticeRules.Own.Of(request.Colour);
        if (!(await gate.CheckAsync(caller, Right.DraftNotices, rules.Purpose, cancel)).Succeeded(out var purpose, out var forbidden)) return forbidden;
        if (!NoticeContent.Read(request.Colour, request.Fields).Succeeded(out var content, out var unreadable)) return unreadable;
        if (content.Has("release") && rules.Public is PublicExtract.Never) return NoticeRefusals.NeverReleased;

        using var turn = await turns.TakeAsync(cancel);
        var now = clock.GetUtcNow();
        var notice = new Notice
        {
            Id = Id<Notice>.New(clock), Colour = request.Colour, Form = request.Form, Bureau = caller.Bureau, Author = caller.Actor.ToString(), MadeAt = now,
            Reference = NoticeReference.Of(caller.Bureau, rules.Letter, now.Year, await serials.NextAsync(caller.Bureau, rules.Letter, now.Year, cancel)).ToString(),
        };
        if (notice.Save(content, notice.Version, now) is { } refused) return refused;
        db.Notices.Add(notice);
        journal.Record(caller.Actor, "notice.drafted", notice.Reference, purpose, new { notice.Colour, notice.Form });
        await db.SaveChangesAsync(cancel);
        return notice;
    }
}
