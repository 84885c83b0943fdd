namespace Amana.Server.Notices;

/// <summary>All criteria of a request, answered. Whoever asks may see it again at any time; nothing is decided by looking.</summary>
internal sealed record PreCheck(IReadOnlyList<Finding> Findings)
{
    /// <summary>What the requester can mend and must, before the request goes out.</summary>
    public IEnumerable<Finding> StopSubmission => Findings.Where(f => f is { Outcome: Outcome.NotMet, Criterion.Stops: Stops.Submission });

    /// <summary>What is not met, or what a person has yet to answer.</summary>
    public IEnumerable<Finding> StopApproval => Findings.Where(f => f.Standing is not Outcome.Met);

    public bool MaySubmit => !StopSubmission.Any();

    public bool MayApprove => !StopApproval.Any();

    public static PreCheck Of(NoticeColour colour, NoticeContent content, CheckFacts facts, IReadOnlyList<CriterionAnswer>? answers = null) => new([..
        NoticeRules.Own.CriteriaOf(colour).Where(c => c.HoldsFor(content, facts.Form))
            .Select(c => CriterionChecks.ByName[c.Check](c, content, facts) with { Answer = answers?.Where(a => a.Criterion == c.Id).MaxBy(a => a.At) })]);

    /// <summary>As the requester may see it: what rests on what others confided is only said to be looked at in the review.</summary>
    public PreCheck ForRequester() => new([.. Findings.Select(f => f.Criterion.Stops is Stops.Approval ? new Finding(f.Criterion, Outcome.NeedsHuman, "at-review", []) : f)]);
}
