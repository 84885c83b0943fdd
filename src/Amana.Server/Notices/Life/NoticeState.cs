namespace Amana.Server.Notices;

/// <summary>Where a notice stands. Source: domain.md 1.9; the machine's screening is part of the submission.</summary>
public enum NoticeState
{
    Draft,
    /// <summary>With the reviewers; hidden from all but them and its owner.</summary>
    InReview,
    /// <summary>The reviewers asked the bureau something.</summary>
    InfoRequested,
    Approved,
    Refused,
    Published,
    Suspended,
    /// <summary>Nobody but the reviewers sees it, by a provisional measure.</summary>
    Blocked,
    Withdrawn,
    Cancelled,
    Expired,
    /// <summary>An amendment that is the newest edition of its notice now; what it said stands there.</summary>
    TakenUp,
    /// <summary>A tombstone: no personal data is left.</summary>
    Deleted,
}

internal static class NoticeStateRules
{
    extension(NoticeState state)
    {
        /// <summary>Recipients see it, and questions find it.</summary>
        public bool IsInForce => state is NoticeState.Published;

        /// <summary>It has been in force and may be again.</summary>
        public bool IsLive => state is NoticeState.Published or NoticeState.Suspended or NoticeState.Blocked;

        public bool HasEnded => state is NoticeState.Withdrawn or NoticeState.Cancelled or NoticeState.Expired or NoticeState.Refused;

        /// <summary>Somebody still works on it.</summary>
        public bool IsAtWork => state is NoticeState.Draft or NoticeState.InReview or NoticeState.InfoRequested or NoticeState.Approved;

        /// <summary>A request that can be for some only; the same states as in <see cref="NoticeKind"/>.</summary>
        public bool MayBeRestricted => state.IsAtWork || state is NoticeState.Refused;

        /// <summary>Its owner may write in it.</summary>
        public bool IsOpenToOwner => state is NoticeState.Draft or NoticeState.InfoRequested;
    }
}

/// <summary>What happens to a notice. What each needs and does stands in <see cref="LifeCycle"/>.</summary>
public enum NoticeEvent
{
    Submit, AskBureau, AnswerReview, Refuse, Approve, Publish, Suspend, Resume, Block, Lift, Withdraw, Cancel, Expire, Renew, Delete, Discard, TakeUp, AskRenewal, Revise,
}
