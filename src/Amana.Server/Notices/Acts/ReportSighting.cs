using System.Globalization;
using Amana.Server.Access;
using Amana.Server.Data;
using Amana.Server.Exchange;
using Amana.Server.Foundation;
using Amana.Server.Journal;
using Microsoft.EntityFrameworkCore;

namespace Amana.Server.Notices;

/// <summary>Tells the owner of a notice that the person or thing was met with, and what came of it.</summary>
internal sealed class ReportSighting(AmanaDb db, Gate gate, JournalWriter journal, NoticeDesk desk, NoticeTurn turns, Outbox outbox, TimeProvider clock)
{
    public sealed record Request(string Reference, SightingKind? Kind, string? On, string? Where, string? Text, string? Purpose = null);

    public async Task<Result<Id<Sighting>>> RunAsync(Request request, Caller caller, CancellationToken cancel)
    {
        if (await gate.CheckAsync(caller, Right.ReadNotices, cancel) is { } forbidden) return forbidden;
        using var turn = await turns.TakeAsync(cancel);
        if (!(await desk.FindAsync(request.Reference, caller, cancel)).Succeeded(out var notice, out var unknown)) return unknown;
        if (!(await gate.CheckAsync(caller, Right.ReadNotices, request.Purpose ?? caller.DefaultPurpose ?? notice.Rules.Purpose, cancel)).Succeeded(out var purpose, out forbidden)) return forbidden;
        if (!notice.State.IsInForce) return NoticeRefusals.NotInForce;
        var now = clock.GetUtcNow();
        if (request.Kind is not { } kind || !DateOnly.TryParseExact(request.On, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var on)
            || on > DateOnly.FromDateTime(now.UtcDateTime.AddDays(1)) || string.IsNullOrWhiteSpace(request.Where)) return NoticeRefusals.SightingIncomplete;
        if (request.Where.Length > Sighting.PlaceCharsMax || request.Text is { Length: > Sighting.TextCharsMax }) return NoticeRefusals.SightingTooLong;

        var sighting = new Sighting { Id = Id<Sighting>.New(clock), Notice = notice.Id, Kind = kind, On = on, Bureau = caller.Bureau.Value, By = caller.Actor.ToString(), At = now }.Say(request.Where.Trim(), request.Text?.Trim() ?? "");
        db.Sightings.Add(sighting);
        // Its owner's server has to know: that it cannot be told now is said, rather than kept here alone.
        if (notice.Bureau != caller.Bureau && await db.NoticeOrigins.AnyAsync(o => o.Notice == notice.Id, cancel)
            && !outbox.Add(SightingReader.KindWord, new SightingReader.Body(notice.Reference, kind, on, sighting.Where, sighting.Text), [notice.Bureau]).Succeeded(out _, out var unreached)) return unreached;
        if (Sighting.IsFound(kind)) notice.Found(now);
        journal.Record(caller.Actor, "notice.sighting-reported", notice.Reference, purpose, new { kind, on }, new { where = sighting.Where, text = sighting.Text });
        try
        {
            await db.SaveChangesAsync(cancel);
        }
        catch (DbUpdateConcurrencyException)
        {
            return NoticeRefusals.ChangedMeanwhile;
        }

        return sighting.Id;
    }
}
