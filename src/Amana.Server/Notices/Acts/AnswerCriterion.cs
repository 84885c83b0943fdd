using Amana.Server.Access;
using Amana.Server.Data;
using Amana.Server.Foundation;
using Amana.Server.Journal;
using Microsoft.EntityFrameworkCore;

namespace Amana.Server.Notices;

/// <summary>A reviewer says met or not met of one criterion, with the reason. The latest answer stands; none is lost.</summary>
internal sealed class AnswerCriterion(AmanaDb db, Gate gate, JournalWriter journal, NoticeDesk desk, TimeProvider clock)
{
    public sealed record Request(string Reference, string? Criterion, bool Met, string? Text);

    public async Task<Result<Finding>> RunAsync(Request request, Caller caller, CancellationToken cancel)
    {
        if (await gate.CheckAsync(caller, Right.ReviewNotices, cancel) is { } forbidden) return forbidden;
        if (!(await desk.FindAsync(request.Reference, caller, cancel)).Succeeded(out var notice, out var unknown)) return unknown;
        if (!(await gate.CheckAsync(caller, Right.ReviewNotices, notice.Rules.Purpose, cancel)).Succeeded(out var purpose, out forbidden)) return forbidden;
        if (notice.State is not NoticeState.InReview) return NoticeRefusals.NotReviewed;
        if (notice.Author == caller.Actor.ToString()) return NoticeRefusals.OwnWork;
        if (ReviewRule.WhyNot(notice.Bureau, caller.Bureau, NoticeRules.Own.Terms) is { } ownBureau) return ownBureau;
        if (string.IsNullOrWhiteSpace(request.Text)) return NoticeRefusals.ReasonMissing with { Field = "text" };
        if (request.Text.Length > Notice.ReasonCharsMax) return NoticeRefusals.ReasonTooLong with { Field = "text" };
        var check = await desk.CheckAsync(notice, caller, cancel);
        var finding = check.Findings.FirstOrDefault(f => f.Criterion.Id == request.Criterion && (f.Outcome is Outcome.NeedsHuman || !request.Met));
        if (finding is null) return NoticeRefusals.CriterionUnknown;

        var answer = new NoticeAnswer
        {
            Id = Id<NoticeAnswer>.New(clock), Notice = notice.Id, Criterion = finding.Criterion.Id, Met = request.Met, Text = request.Text.Trim(),
            By = caller.Actor.ToString(), At = clock.GetUtcNow(),
        };
        db.NoticeAnswers.Add(answer);
        journal.Record(caller.Actor, "notice.criterion-answered", notice.Reference, purpose, new { criterion = finding.Criterion.Id, request.Met }, new { text = answer.Text });
        await db.SaveChangesAsync(cancel);
        return finding with { Answer = answer.AsAnswer };
    }
}
