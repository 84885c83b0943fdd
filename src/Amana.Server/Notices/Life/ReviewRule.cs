using Amana.Server.Foundation;
using Amana.Vocabulary;

namespace Amana.Server.Notices;

/// <summary>Whether a reviewer may decide a request of this bureau. Source: domain.md 8, rule 1: the review is signed by somebody who is
/// not of the requesting bureau. A server of one bureau has no other reviewers; <c>terms.json</c> says so.</summary>
internal static class ReviewRule
{
    public static Refusal? WhyNot(BureauCode requester, BureauCode reviewer, NoticeTerms terms) =>
        requester == reviewer && !terms.ReviewOwnBureau ? NoticeRefusals.OwnBureau : null;

    /// <summary>The steps that decide on a request; blocking, ending and deleting what is in force do not wait for another bureau.</summary>
    public static bool Decides(NoticeEvent what) => what is NoticeEvent.Approve or NoticeEvent.Refuse or NoticeEvent.AskBureau or NoticeEvent.Revise;
}
