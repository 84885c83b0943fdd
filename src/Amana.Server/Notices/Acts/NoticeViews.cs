using Amana.Server.Access;

namespace Amana.Server.Notices;

/// <summary>A notice in a list.</summary>
public sealed record NoticeRow(string Reference, NoticeColour Colour, NoticeForm Form, NoticeState State, string Caption, string? CaptionOriginal, string Bureau,
    DateTimeOffset ChangedAt, DateTimeOffset? PublishedAt, DateTimeOffset? RetainUntil, DateTimeOffset? AnswerDueAt, bool IsPublic, long Version);

public sealed record NoticePage(int Total, IReadOnlyList<NoticeRow> Notices);

/// <summary>One notice as its reader may see it.</summary>
/// <param name="Findings">For who works on it; the requester sees less than the reviewer.</param>
/// <param name="May">Steps that this reader may take now, as words.</param>
/// <param name="Beside">Its addenda come first: they are read before the record.</param>
public sealed record NoticeView(NoticeRow Row, EditionsView Beside, WorkView Work, IReadOnlyDictionary<string, IReadOnlyList<string>> Fields, int Pictures, int Edition, DateTimeOffset? AmendedAt, DateTimeOffset? LocatedAt, DateTimeOffset? SubmittedAt, DateTimeOffset? ApprovedAt,
    DateTimeOffset? SuspendedUntil, string? EndReason, string? PublicId, IReadOnlyList<StepView> History, IReadOnlyList<FindingView> Findings, IReadOnlyList<PassageView> Passages, IReadOnlyList<NoticeEvent> May);

public sealed record StepView(NoticeEvent Event, NoticeState To, string By, DateTimeOffset At, string? Reason, string? Code);

public sealed record FindingView(string Criterion, string Name, string Test, string Rule, Outcome Outcome, Outcome Standing, string Reason, IReadOnlyList<string> About, AnswerView? Answer)
{
    internal static FindingView Of(Finding f, string language = "en") => new(f.Criterion.Id, f.Criterion.Names[language], f.Criterion.Test, f.Criterion.Rule, f.Outcome, f.Standing, f.Reason, f.About,
        f.Answer is null ? null : new AnswerView(f.Answer.Met, f.Answer.Text, f.Answer.By, f.Answer.At));
}

public sealed record AnswerView(bool Met, string Text, string By, DateTimeOffset At);

public sealed record PassageView(string Field, int From, int Length, string Kind);

internal static class NoticeViews
{
    public static NoticeRow RowOf(Notice n) => new(n.Reference, n.Colour, n.Form, n.State, n.Caption, n.CaptionOriginal, n.Bureau.Value, n.ChangedAt, n.PublishedAt, n.RetainUntil, n.AnswerDueAt,
        n.PublicId is not null && n.State is NoticeState.Published, n.Version);

    /// <summary>The steps that the reader may take: right, state, and not the own work where another person is asked for.</summary>
    public static IReadOnlyList<NoticeEvent> MayTake(Notice notice, Caller caller)
    {
        string who = caller.Actor.ToString();
        var other = notice.Amends is null ? NoticeEvent.TakeUp : NoticeEvent.Publish;
        return [.. LifeCycle.From(notice.State).Where(e => e.Event != other && caller.Has(e.Right) && e.Taker switch
        {
            Taker.Owner => notice.Bureau == caller.Bureau,
            Taker.Reviewer => who != notice.Author && !(e.Event is NoticeEvent.Revise && who == notice.RefusedBy)
                && !(ReviewRule.Decides(e.Event) && ReviewRule.WhyNot(notice.Bureau, caller.Bureau, NoticeRules.Own.Terms) is not null),
            Taker.SecondPerson => who != notice.Author && !(notice.Rules.SecondPerson && who == notice.ApprovedBy),
            _ => false,
        }).Select(e => e.Event)];
    }
}
