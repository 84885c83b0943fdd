using Amana.Server.Access;
using Amana.Server.Data;
using Amana.Server.Foundation;
using Microsoft.EntityFrameworkCore;

namespace Amana.Server.Notices;

/// <summary>Takes one edge of the life cycle: submit, approve, refuse, publish, suspend and so on. Right, person and needs stand in
/// <see cref="LifeCycle"/>; what follows in <see cref="NoticeDesk"/>, which journals it.</summary>
internal sealed class MoveNotice(AmanaDb db, Gate gate, NoticeDesk desk, NoticeBoard board, NoticeTurn turns, LookBack lookBack, TimeProvider clock)
{
    /// <param name="Code">Of <c>reasons.tsv</c>, where the edge needs one.</param>
    /// <param name="Version">Of the notice as it was on the screen; null when the caller keeps none.</param>
    public sealed record Request(string Reference, NoticeEvent Event, string? Reason = null, string? Code = null, long? Version = null);

    public async Task<Result<Notice>> RunAsync(Request request, Caller caller, CancellationToken cancel)
    {
        var edge = LifeCycle.Of(request.Event);
        if (await gate.CheckAsync(caller, edge.Right, cancel) is { } forbidden) return forbidden;
        using var turn = await turns.TakeAsync(cancel);
        if (!(await desk.FindAsync(request.Reference, caller, cancel)).Succeeded(out var notice, out var unknown)) return unknown;
        if (edge.Taker is Taker.Owner && notice.Bureau != caller.Bureau) return NoticeRefusals.Unknown;
        if (edge.Taker is Taker.Clock && caller.Actor != Actor.Server) return NoticeRefusals.WrongState(notice.State, request.Event);
        if (!(await gate.CheckAsync(caller, edge.Right, notice.Rules.Purpose, cancel)).Succeeded(out var purpose, out forbidden)) return forbidden;

        if (request.Event is NoticeEvent.AskRenewal && notice.Rules.SecondPerson && Gate.CheckPerson(caller) is { } machine) return machine;
        if (ReviewRule.Decides(request.Event) && ReviewRule.WhyNot(notice.Bureau, caller.Bureau, NoticeRules.Own.Terms) is { } ownBureau) return ownBureau;
        var step = new Step(request.Event, caller.Actor.ToString(), clock.GetUtcNow()) { Reason = request.Reason, Code = request.Code, Seen = request.Version };
        if (request.Event is NoticeEvent.Submit or NoticeEvent.AnswerReview or NoticeEvent.Approve) step = step with { Check = await desk.CheckAsync(notice, caller, cancel) };
        if (await desk.TakeAsync(notice, step, caller.Actor, purpose, cancel) is { } refused) return refused;
        await board.WriteAsync(cancel);
        try
        {
            await db.SaveChangesAsync(cancel); // notice, history, list, public shelf and journal: all or none
        }
        catch (DbUpdateConcurrencyException)
        {
            return NoticeRefusals.ChangedMeanwhile;
        }

        await board.ShowAsync(cancel);
        lookBack.Wake();
        return notice;
    }
}
