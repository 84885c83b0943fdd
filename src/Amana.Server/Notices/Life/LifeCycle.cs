using Amana.Server.Access;

namespace Amana.Server.Notices;

/// <summary>Who may take an edge, beside the right it asks for.</summary>
internal enum Taker
{
    /// <summary>The bureau whose notice it is.</summary>
    Owner,
    /// <summary>A reviewer who did not write it.</summary>
    Reviewer,
    /// <summary>Somebody who did not write it and, where the type asks for two persons, did not approve it.</summary>
    SecondPerson,
    /// <summary>The server, when a time is over.</summary>
    Clock,
}

/// <summary>One step from state to state.</summary>
/// <param name="Use">A code of <c>reasons.tsv</c> for this use must be named.</param>
/// <param name="Fact">What the journal calls it.</param>
internal sealed record Edge(NoticeEvent Event, IReadOnlyList<NoticeState> From, NoticeState? To, Taker Taker, Right Right, string Fact, bool NeedsReason = false, string? Use = null);

/// <summary>Every edge of a notice's life: who may take it, what it needs, where it leads. The README holds the same table; a test
/// compares them. Source: domain.md 1.9.</summary>
internal static class LifeCycle
{
    /// <summary>By event; some events lead on from several states, and a block is lifted to where it came from.</summary>
    public static IReadOnlyList<Edge> Edges { get; } =
    [
        new(NoticeEvent.Submit, [NoticeState.Draft], NoticeState.InReview, Taker.Owner, Right.DraftNotices, "notice.submitted"),
        new(NoticeEvent.Discard, [NoticeState.Draft], NoticeState.Deleted, Taker.Owner, Right.DraftNotices, "notice.discarded"),
        new(NoticeEvent.AskBureau, [NoticeState.InReview], NoticeState.InfoRequested, Taker.Reviewer, Right.ReviewNotices, "notice.clarification-asked", NeedsReason: true),
        new(NoticeEvent.AnswerReview, [NoticeState.InfoRequested], NoticeState.InReview, Taker.Owner, Right.DraftNotices, "notice.clarification-answered"),
        new(NoticeEvent.Refuse, [NoticeState.InReview, NoticeState.InfoRequested, NoticeState.Approved], NoticeState.Refused, Taker.Reviewer, Right.ReviewNotices, "notice.refused", NeedsReason: true, Use: EndReason.ToRefuse),
        new(NoticeEvent.Approve, [NoticeState.InReview], NoticeState.Approved, Taker.Reviewer, Right.ReviewNotices, "notice.approved", NeedsReason: true),
        new(NoticeEvent.Publish, [NoticeState.Approved], NoticeState.Published, Taker.SecondPerson, Right.PublishNotices, "notice.published"),
        new(NoticeEvent.TakeUp, [NoticeState.Approved], NoticeState.TakenUp, Taker.SecondPerson, Right.PublishNotices, "notice.amended"),
        new(NoticeEvent.Suspend, [NoticeState.Published], NoticeState.Suspended, Taker.Owner, Right.DraftNotices, "notice.suspended", NeedsReason: true),
        new(NoticeEvent.Resume, [NoticeState.Suspended], NoticeState.Published, Taker.Owner, Right.DraftNotices, "notice.resumed", NeedsReason: true),
        new(NoticeEvent.Block, [NoticeState.Published, NoticeState.Suspended], NoticeState.Blocked, Taker.Reviewer, Right.ReviewNotices, "notice.blocked", NeedsReason: true),
        new(NoticeEvent.Lift, [NoticeState.Blocked], null, Taker.Reviewer, Right.ReviewNotices, "notice.block-lifted", NeedsReason: true),
        new(NoticeEvent.Withdraw, [NoticeState.Published, NoticeState.Suspended], NoticeState.Withdrawn, Taker.Owner, Right.DraftNotices, "notice.withdrawn", NeedsReason: true, Use: EndReason.ToWithdraw),
        new(NoticeEvent.Cancel, [NoticeState.Approved, NoticeState.Published, NoticeState.Suspended, NoticeState.Blocked], NoticeState.Cancelled, Taker.Reviewer, Right.ReviewNotices, "notice.cancelled", NeedsReason: true, Use: EndReason.ToCancel),
        new(NoticeEvent.Expire, [NoticeState.Published, NoticeState.Suspended, NoticeState.Blocked], NoticeState.Expired, Taker.Clock, Right.PublishNotices, "notice.expired"),
        new(NoticeEvent.AskRenewal, [NoticeState.Published], NoticeState.Published, Taker.Owner, Right.DraftNotices, "notice.renewal-asked", NeedsReason: true),
        new(NoticeEvent.Renew, [NoticeState.Published], NoticeState.Published, Taker.SecondPerson, Right.PublishNotices, "notice.renewed", NeedsReason: true),
        new(NoticeEvent.Delete, [NoticeState.Refused, NoticeState.Withdrawn, NoticeState.Cancelled, NoticeState.Expired, NoticeState.Published, NoticeState.Suspended, NoticeState.Blocked],
            NoticeState.Deleted, Taker.Reviewer, Right.ReviewNotices, "notice.deleted", NeedsReason: true),
        new(NoticeEvent.Revise, [NoticeState.Refused], NoticeState.InReview, Taker.Reviewer, Right.ReviewNotices, "notice.refusal-revised", NeedsReason: true),
    ];

    public static Edge Of(NoticeEvent what) => Edges.Single(e => e.Event == what);

    /// <summary>The edges that lead on from here.</summary>
    public static IEnumerable<Edge> From(NoticeState state) => Edges.Where(e => e.From.Contains(state));
}
