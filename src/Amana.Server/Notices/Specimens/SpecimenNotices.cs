using Amana.Server.Access;
using Amana.Server.Data;
using Amana.Server.Foundation;
using Amana.Server.Journal;
using Microsoft.EntityFrameworkCore;

namespace Amana.Server.Notices;

/// <summary>Fills a training instance with invented notices. Each takes the way of every notice, step by step, with its criteria
/// answered and journaled; only the saving is done for many at once.</summary>
internal sealed class SpecimenNotices(AmanaDb db, JournalWriter journal, NoticeDesk desk, NoticeSerials serials, NoticeBoard board, NoticeTurn turns, Instance instance, TimeProvider clock)
{
    private const int AtOnce = 60;
    private static readonly Actor Officer = new(ActorKind.Server, "specimen-officer"), Reviewer = new(ActorKind.Server, "specimen-reviewer"), Second = new(ActorKind.Server, "specimen-second-officer");
    private static readonly byte[][] Portraits = [.. Enumerable.Range(0, SpecimenPortrait.Kinds).Select(SpecimenPortrait.Draw)];

    private int _unsaved;
    private (Notice? Of, CheckFacts? Facts) _looked;

    public async Task AddAsync(CancellationToken cancel)
    {
        using var turn = await turns.TakeAsync(cancel);
        if (await db.Notices.AnyAsync(cancel)) return;
        var now = clock.GetUtcNow();
        var today = DateOnly.FromDateTime(now.UtcDateTime);
        for (int i = SpecimenRequests.UnPersons + SpecimenRequests.UnEntities - 1; i >= 0; i--) await PublishAsync(NoticeColour.UnSpecial, SpecimenRequests.Un(i), i % 3 == 0 ? i : null, now.AddDays(-1 - i), cancel);
        for (int i = SpecimenRequests.YellowCount - 1; i >= 0; i--) await PublishAsync(NoticeColour.Yellow, SpecimenRequests.Yellow(i, today), i % 4 == 3 ? null : i, now.AddHours(-2 - (i * 30)), cancel);
        for (int i = SpecimenRequests.RedCount - 1; i >= 0; i--) await PublishAsync(NoticeColour.Red, SpecimenRequests.Red(i, today), i % 6 == 4 && i % 17 != 5 ? null : i, now.AddHours(-1 - (i * 34)), cancel);
        foreach (var (colour, request) in SpecimenRequests.Others()) await PublishAsync(colour, request, null, now.AddDays(-3), cancel);
        await AtWorkAsync(today, now, cancel);
        await SaveAsync(cancel);
        await board.ShowAsync(cancel);
    }

    // What waits for a person: a draft with something missing, requests in review with flagged passages, one to publish, one to renew.
    private async Task AtWorkAsync(DateOnly today, DateTimeOffset now, CancellationToken cancel)
    {
        var flagged = SpecimenRequests.Red(301, today);
        flagged["facts"] += " He later spoke at a rally of the Orange Meadow movement and is known to share its opinions. He left the country and lives abroad under another status.";
        await SubmitAsync(await DraftAsync(NoticeColour.Red, flagged, 3, now.AddHours(-5), cancel), now.AddHours(-4), cancel);
        await SubmitAsync(await DraftAsync(NoticeColour.Yellow, SpecimenRequests.Yellow(41, today), 5, now.AddHours(-1), cancel), now.AddMinutes(-40), cancel);
        await SubmitAsync(await DraftAsync(NoticeColour.Red, SpecimenRequests.Red(302, today), 1, now.AddDays(-1), cancel), now.AddHours(-20), cancel);
        var approved = await DraftAsync(NoticeColour.Red, SpecimenRequests.Red(303, today), 2, now.AddDays(-2), cancel);
        await SubmitAsync(approved, now.AddDays(-2), cancel);
        await ApproveAsync(approved, now.AddDays(-1), cancel);
        var begun = SpecimenRequests.Red(304, today);
        foreach (string missing in (string[])["penaltyMonths", "factsPlace"]) begun.Remove(missing);
        await DraftAsync(NoticeColour.Red, begun, 4, now.AddMinutes(-30), cancel);
    }

    private async Task PublishAsync(NoticeColour colour, Dictionary<string, string> request, int? portrait, DateTimeOffset at, CancellationToken cancel)
    {
        var notice = await DraftAsync(colour, request, portrait, at.AddHours(-3), cancel);
        await SubmitAsync(notice, at.AddHours(-2), cancel);
        await ApproveAsync(notice, at.AddHours(-1), cancel);
        await TakeAsync(notice, new Step(NoticeEvent.Publish, Second.ToString(), at), Second, cancel);
        notice.LookedBack(at, isOver: true); // nobody has asked anything yet
        if (++_unsaved % AtOnce == 0) await SaveAsync(cancel);
    }

    private async Task<Notice> DraftAsync(NoticeColour colour, Dictionary<string, string> request, int? portrait, DateTimeOffset at, CancellationToken cancel)
    {
        var typed = request.ToDictionary(r => r.Key, r => (IReadOnlyList<string>)(NoticeRules.Own.FindField(r.Key)!.HasMany ? r.Value.Split('\n') : [r.Value]), StringComparer.Ordinal);
        if (!NoticeContent.Read(colour, typed).Succeeded(out var content, out var unreadable)) throw new InvalidOperationException($"A specimen cannot be read: {unreadable.Field}.");
        char letter = NoticeRules.Own.Of(colour).Letter;
        var notice = new Notice
        {
            Id = Id<Notice>.New(clock), Colour = colour, Form = NoticeForm.Notice, Bureau = instance.Bureau, Author = Officer.ToString(), MadeAt = at,
            Reference = NoticeReference.Of(instance.Bureau, letter, at.Year, await serials.NextAsync(instance.Bureau, letter, at.Year, cancel)).ToString(),
        };
        if (notice.Save(content, notice.Version, at) is { } refused) throw new InvalidOperationException(refused.Code);
        db.Notices.Add(notice);
        if (portrait is { } kind)
        {
            db.NoticePictures.Add(new NoticePicture { Id = Id<NoticePicture>.New(clock), Notice = notice.Id, Number = ++notice.Pictures, MediaType = "image/png", Bytes = Portraits[kind % Portraits.Length] });
        }

        journal.Record(Officer, "notice.drafted", notice.Reference, details: new { notice.Colour, notice.Form });
        return notice;
    }

    private async Task SubmitAsync(Notice notice, DateTimeOffset at, CancellationToken cancel) =>
        await TakeAsync(notice, new Step(NoticeEvent.Submit, Officer.ToString(), at) { Check = await CheckAsync(notice, [], cancel) }, Officer, cancel);

    private async Task ApproveAsync(Notice notice, DateTimeOffset at, CancellationToken cancel)
    {
        var open = await CheckAsync(notice, [], cancel);
        List<CriterionAnswer> answers = [.. open.Findings.Where(f => f.Outcome is Outcome.NeedsHuman).Select(f => new CriterionAnswer(f.Criterion.Id, true, "Specimen: weighed and met.", Reviewer.ToString(), at))];
        foreach (var answer in answers)
        {
            db.NoticeAnswers.Add(new NoticeAnswer { Id = Id<NoticeAnswer>.New(clock), Notice = notice.Id, Criterion = answer.Criterion, Met = true, Text = answer.Text, By = answer.By, At = at });
        }

        await TakeAsync(notice, new Step(NoticeEvent.Approve, Reviewer.ToString(), at) { Reason = "Specimen: all tests are met.", Check = await CheckAsync(notice, answers, cancel) }, Reviewer, cancel);
    }

    private async Task<PreCheck> CheckAsync(Notice notice, IReadOnlyList<CriterionAnswer> answers, CancellationToken cancel)
    {
        // All steps of one specimen are taken at one moment: its facts are looked up once.
        if (_looked.Of != notice) _looked = (notice, await desk.FactsAsync(notice.Bureau, notice.Form, notice.Content, notice.Pictures, notice.Reference, Caller.OfServer(instance.Bureau), cancel));
        return PreCheck.Of(notice.Colour, notice.Content, _looked.Facts!, answers);
    }

    private async Task TakeAsync(Notice notice, Step step, Actor who, CancellationToken cancel)
    {
        if (await desk.TakeAsync(notice, step, who, purpose: null, cancel) is { } refused) throw new InvalidOperationException($"A specimen was refused: {refused.Detail}");
    }

    private async Task SaveAsync(CancellationToken cancel)
    {
        await board.WriteAsync(cancel);
        await db.SaveChangesAsync(cancel);
        db.ChangeTracker.Clear();
    }
}
