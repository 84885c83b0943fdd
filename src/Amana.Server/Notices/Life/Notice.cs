using System.Security.Cryptography;
using System.Text;
using Amana.Server.Access.Walls;
using Amana.Server.Foundation;
using Amana.Server.Keys;
using Amana.Vocabulary;

namespace Amana.Server.Notices;

/// <summary>One notice or diffusion, from its draft to its tombstone. Every change of state goes through <see cref="LifeCycle"/>.</summary>
/// <remarks>What it says of a person is sealed in the database: the whole in one part, its names in another, which lists and the search
/// of the list open without the rest.</remarks>
internal sealed class Notice : SealedRow, IRestrictable
{
    public const int ReasonCharsMax = 4_000;

    private NoticeContent? _content;
    private NoticeNames? _names;
    private FieldSealer? _sealer;

    public required Id<Notice> Id { get; init; }
    public required string Reference { get; init; }
    public required NoticeColour Colour { get; init; }
    public required NoticeForm Form { get; init; }
    /// <summary>The requesting bureau, owner of the data.</summary>
    public required BureauCode Bureau { get; init; }
    /// <summary>Who began it, as in the journal.</summary>
    public required string Author { get; init; }
    public required DateTimeOffset MadeAt { get; init; }
    public NoticeState State { get; private set; }
    /// <summary>Counts every change; a caller that saw another one is refused, so that nothing is silently overwritten.</summary>
    public long Version { get; private set; } = 1;
    /// <summary>The notice that this one would become a new edition of; null for a notice itself.</summary>
    public Id<Notice>? Amends { get; init; }
    /// <summary>Of an amendment: the edition that it was begun from.</summary>
    public int AmendsEdition { get; init; }
    /// <summary>Of what recipients see: 0 before it is published, then 1 and so on.</summary>
    public int Edition { get; private set; }
    /// <summary><see cref="NoticeNames"/>, sealed.</summary>
    public byte[]? SealedNames { get; private set; }
    public DateTimeOffset ChangedAt { get; private set; }
    public DateTimeOffset? SubmittedAt { get; private set; }
    /// <summary>While the bureau is asked: until when it answers.</summary>
    public DateTimeOffset? AnswerDueAt { get; private set; }
    public string? ApprovedBy { get; private set; }
    public DateTimeOffset? ApprovedAt { get; private set; }
    public DateTimeOffset? PublishedAt { get; private set; }
    public string? PublishedBy { get; private set; }
    /// <summary>When the edition that is in force was published.</summary>
    public DateTimeOffset? AmendedAt { get; private set; }
    /// <summary>When the person was found; the notice goes on until its owner acts.</summary>
    public DateTimeOffset? LocatedAt { get; private set; }
    public DateTimeOffset? SuspendedUntil { get; private set; }
    /// <summary>Of what the last suspension was for: a second one needs another reason. A hash, since a reason may name somebody.</summary>
    public string? SuspendedFor { get; private set; }
    /// <summary>Where a block came from and is lifted to.</summary>
    public NoticeState? BlockedFrom { get; private set; }
    /// <summary>Until then the data may be kept; renewal only with a reason.</summary>
    public DateTimeOffset? RetainUntil { get; private set; }
    /// <summary>The least of the warning days that the owner was told at; null before the first.</summary>
    public int? WarnedAtDays { get; private set; }
    /// <summary>Questions after this instant and up to <see cref="LookBackUntil"/> are still to be asked again against it; null when none are.</summary>
    public DateTimeOffset? LookBackFrom { get; private set; }
    public DateTimeOffset? LookBackUntil { get; private set; }
    /// <summary>Who asked for another period; another person grants it.</summary>
    public string? RenewalAskedBy { get; private set; }
    /// <summary>Another reviewer revises it.</summary>
    public string? RefusedBy { get; private set; }
    public DateTimeOffset? EndedAt { get; private set; }
    public string? EndReason { get; private set; }
    /// <summary>Under which the public knows it, such as <c>2026/123</c>; null when it was never public.</summary>
    public string? PublicId { get; set; }
    public int Pictures { get; set; }
    /// <summary>Of a diffusion: bureau codes with a comma before and after each, so that a query finds one.</summary>
    public string Recipients { get; private set; } = "";
    /// <summary>Bureaus that may not see it, written alike.</summary>
    public string Excluded { get; private set; } = "";

    public NoticeContent Content => _content ??= PlainText is { } json ? NoticeContent.FromJson(json) : NoticeContent.Empty;

    public NoticeNames Names => _names ??= SealedNames is null ? NoticeNames.None : NoticeNames.Open(Id, SealedNames, _sealer!);

    public string Caption => Names.Caption;
    public string? CaptionOriginal => Names.Original;

    protected override string Place => $"notice/{Id}";

    public ColourRules Rules => NoticeRules.Own.Of(Colour);

    /// <summary>Another bureau may see it, while it is in force.</summary>
    public bool IsThereFor(string bureau) => bureau == Bureau.Value
        || (!Excluded.Contains($",{bureau},", StringComparison.Ordinal) && (Form is NoticeForm.Notice || Recipients.Contains($",{bureau},", StringComparison.Ordinal)));

    /// <summary>The owner writes. Nothing is checked but that each field can be read: a draft may be incomplete.</summary>
    /// <param name="seen">The version that the writer had on the screen.</param>
    public Refusal? Save(NoticeContent content, long seen, DateTimeOffset at)
    {
        if (!State.IsOpenToOwner) return NoticeRefusals.NotOpen;
        if (seen != Version) return NoticeRefusals.ChangedMeanwhile;
        Keep(content);
        Touch(at);
        return null;
    }

    /// <summary>Takes one edge of the life cycle.</summary>
    /// <returns>Null when taken; otherwise why not, and the notice is unchanged.</returns>
    public Refusal? Take(Step step)
    {
        if (Refuses(step) is { } refused) return refused;
        Change(step, LifeCycle.Of(step.Event));
        Touch(step.At);
        return null;
    }

    /// <summary>Why the step cannot be taken; null when it can. Changes nothing.</summary>
    public Refusal? Refuses(Step step)
    {
        var edge = LifeCycle.Of(step.Event);
        if (!edge.From.Contains(State)) return NoticeRefusals.WrongState(State, step.Event);
        if (step.Seen is { } seen && seen != Version) return NoticeRefusals.ChangedMeanwhile;
        if (WhyNot(edge, step.By) is { } wrongPerson) return wrongPerson;
        if (edge.NeedsReason && string.IsNullOrWhiteSpace(step.Reason)) return NoticeRefusals.ReasonMissing;
        if (step.Reason is { Length: > ReasonCharsMax }) return NoticeRefusals.ReasonTooLong;
        if (edge.Use is { } use && NoticeRules.Own.FindReason(step.Code, use) is null) return NoticeRefusals.ReasonCode(use);
        return WhyNot(step);
    }

    /// <summary>An amendment is taken up: what it says is the new edition. Nothing changes when it is refused.</summary>
    public Refusal? Adopt(Notice amendment, DateTimeOffset at)
    {
        if (State is not (NoticeState.Published or NoticeState.Suspended)) return NoticeRefusals.WrongState(State, NoticeEvent.TakeUp);
        if (amendment.AmendsEdition != Edition) return NoticeRefusals.EditionPassed;
        Keep(amendment.Content);
        (Edition, AmendedAt, Pictures) = (Edition + 1, at, amendment.Pictures);
        if (State.IsInForce) LookBack(at);
        Touch(at);
        return null;
    }

    /// <summary>What another bureau says of its notice now. A block of our own reviewers stays.</summary>
    /// <param name="isKeptBack">It waits for a reviewer here, whatever its owner says.</param>
    public void Receive(NoticeContent content, NoticeLetter said, bool isKeptBack, int pictures, DateTimeOffset at)
    {
        var owners = said.State switch { NoticeLetter.InForce => NoticeState.Published, NoticeLetter.Suspended => NoticeState.Suspended, _ => NoticeState.Blocked };
        bool isBlockedHere = (State is NoticeState.Blocked && BlockedFrom is not null) || (isKeptBack && owners is NoticeState.Published);
        bool isNews = State is NoticeState.Draft || said.Edition > Edition || State.IsInForce != owners is NoticeState.Published;
        Keep(content);
        if (Edition > 0 && said.Edition > Edition) AmendedAt = at;
        (Edition, PublishedAt, RetainUntil, Pictures) = (said.Edition, said.PublishedAt ?? PublishedAt ?? at, said.RetainUntil, pictures);
        (State, BlockedFrom) = isBlockedHere ? (NoticeState.Blocked, owners is NoticeState.Blocked ? BlockedFrom : owners) : (owners, null);
        SuspendedUntil = null; // its owner keeps that clock
        if (State.IsInForce && isNews) LookBack(at);
        Touch(at);
    }

    /// <summary>Its owner, another bureau, says that it is no more.</summary>
    /// <param name="code">Its reason; null when it gave none that we know.</param>
    public void EndByOwner(string? code, DateTimeOffset at)
    {
        BecomeTombstone();
        (State, EndedAt, EndReason, BlockedFrom, LookBackFrom, LookBackUntil) = (NoticeState.Deleted, at, code is { Length: > 0 and <= 40 } ? code : "ended", null, null, null);
        Touch(at);
    }

    /// <summary>The questions up to that instant were asked again.</summary>
    public void LookedBack(DateTimeOffset to, bool isOver) => LookBackFrom = isOver ? null : to;

    /// <summary>The notice that it amends has ended.</summary>
    public void EndWithNotice(DateTimeOffset at)
    {
        BecomeTombstone();
        (State, EndedAt) = (NoticeState.Deleted, at);
        Touch(at);
    }

    /// <summary>Somebody said something that is shown before the record.</summary>
    /// <param name="seen">The version that was on the screen; null when the caller keeps none.</param>
    public Refusal? Annotate(AddendumKind kind, long? seen, DateTimeOffset at)
    {
        if (!State.IsLive || Amends is not null) return NoticeRefusals.NotAnnotated;
        if (seen is { } version && version != Version) return NoticeRefusals.ChangedMeanwhile;
        if (kind is AddendumKind.Located) LocatedAt ??= at;
        Touch(at);
        return null;
    }

    /// <summary>A bureau reports that the person was found. The notice goes on until its owner acts.</summary>
    public void Found(DateTimeOffset at)
    {
        LocatedAt ??= at;
        Touch(at);
    }

    /// <summary>The owner was told how long is left.</summary>
    public void Warned(int days) => WarnedAtDays = days;

    private Refusal? WhyNot(Edge edge, string by) => edge.Taker switch
    {
        Taker.Reviewer when by == Author => NoticeRefusals.OwnWork,
        Taker.Reviewer when edge.Event is NoticeEvent.Revise && by == RefusedBy => NoticeRefusals.OwnRefusal,
        Taker.SecondPerson when edge.Event is NoticeEvent.Renew && Rules.SecondPerson && by == RenewalAskedBy => NoticeRefusals.SecondPerson,
        Taker.SecondPerson when by == Author => NoticeRefusals.OwnWork,
        Taker.SecondPerson when Rules.SecondPerson && by == ApprovedBy => NoticeRefusals.SecondPerson,
        _ => null,
    };

    private Refusal? WhyNot(Step step) => step.Event switch
    {
        NoticeEvent.Publish when Amends is not null => NoticeRefusals.WrongState(State, step.Event),
        NoticeEvent.TakeUp when Amends is null => NoticeRefusals.WrongState(State, step.Event),
        NoticeEvent.Submit or NoticeEvent.AnswerReview when step.Check is { MaySubmit: false } check => NoticeRefusals.NotMet(check.StopSubmission),
        NoticeEvent.Approve when step.Check is { MayApprove: false } check => NoticeRefusals.NotApprovable(check.StopApproval),
        NoticeEvent.Submit or NoticeEvent.AnswerReview or NoticeEvent.Approve when step.Check is null => throw new ArgumentException("The criteria must be answered first.", nameof(step)),
        NoticeEvent.Suspend when HashOf(step.Reason!) == SuspendedFor => NoticeRefusals.SameSuspension,
        NoticeEvent.Renew or NoticeEvent.AskRenewal when step.At < RetainUntil!.Value.AddDays(-NoticeRules.Own.Terms.RetentionWarnDays.Max()) => NoticeRefusals.RenewalTooEarly,
        NoticeEvent.Renew when Rules.SecondPerson && RenewalAskedBy is null => NoticeRefusals.RenewalNotAsked,
        _ => null,
    };

    private void Change(Step step, Edge edge)
    {
        var terms = NoticeRules.Own.Terms;
        switch (step.Event)
        {
            case NoticeEvent.Submit: SubmittedAt = step.At; break;
            case NoticeEvent.AskBureau: AnswerDueAt = step.At.AddDays(terms.AnswerDays); break;
            case NoticeEvent.AnswerReview: AnswerDueAt = null; break;
            case NoticeEvent.Approve: (ApprovedBy, ApprovedAt) = (step.By, step.At); break;
            case NoticeEvent.Publish:
                (PublishedBy, PublishedAt, Edition) = (step.By, step.At, Edition + 1);
                RetainUntil ??= step.At.AddMonths(Rules.RetentionMonths);
                break;
            case NoticeEvent.Suspend: (SuspendedUntil, SuspendedFor) = (step.At.AddMonths(terms.SuspensionMonthsMax), HashOf(step.Reason!)); break;
            case NoticeEvent.Resume: SuspendedUntil = null; break;
            case NoticeEvent.Block: BlockedFrom = State; break;
            case NoticeEvent.AskRenewal: RenewalAskedBy = step.By; break;
            case NoticeEvent.Renew: (RetainUntil, WarnedAtDays, RenewalAskedBy) = (step.At.AddMonths(Math.Min(Rules.RetentionMonths, terms.RenewalMonthsMax)), null, null); break;
            case NoticeEvent.Refuse: RefusedBy = step.By; break;
            case NoticeEvent.Revise: (RefusedBy, EndedAt, EndReason) = (null, null, null); break;
            case NoticeEvent.Delete or NoticeEvent.Discard or NoticeEvent.TakeUp: BecomeTombstone(); break;
        }

        State = edge.To ?? BlockedFrom!.Value;
        if (step.Event is NoticeEvent.Lift) BlockedFrom = null;
        if (State.IsInForce && step.Event is not (NoticeEvent.Renew or NoticeEvent.AskRenewal)) LookBack(step.At);
        if (State.HasEnded) (EndedAt, EndReason, AnswerDueAt, SuspendedUntil) = (step.At, step.Code, null, null);
    }

    // What was asked before could not find it.
    private void LookBack(DateTimeOffset at) => (LookBackFrom, LookBackUntil) = (at.AddDays(-NoticeRules.Own.Terms.LookBackDays), at);

    // Reference, type, dates and the code of the reason stay, so that who holds a copy learns that it is gone.
    private void BecomeTombstone()
    {
        Keep(NoticeContent.Empty);
        (SuspendedFor, PublicId, Pictures) = (null, null, 0);
    }

    private void Keep(NoticeContent content)
    {
        _content = content;
        _names = NoticeNames.Of(content);
        PlainText = content.Values.Count == 0 ? null : content.ToJson();
        (Recipients, Excluded) = (Joined(content.All("recipients")), Joined(content.All("except")));
    }

    protected internal override void OpenWith(FieldSealer sealer)
    {
        base.OpenWith(sealer);
        (_content, _names, _sealer) = (null, null, sealer);
    }

    protected internal override void SealWith(FieldSealer sealer)
    {
        base.SealWith(sealer);
        if (_names is { IsKept: false } names) SealedNames = names.Seal(Id, _sealer = sealer);
    }

    private static string HashOf(string reason) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(reason.Trim().ToUpperInvariant())).AsSpan(0, 16));

    private static string Joined(IReadOnlyList<string> codes) => codes.Count == 0 ? "" : $",{string.Join(',', codes)},";

    private void Touch(DateTimeOffset at) => (Version, ChangedAt) = (Version + 1, at);
}

/// <summary>Somebody takes an edge.</summary>
/// <param name="By">As in the journal.</param>
internal sealed record Step(NoticeEvent Event, string By, DateTimeOffset At)
{
    public string? Reason { get; init; }
    /// <summary>Of <c>reasons.tsv</c>.</summary>
    public string? Code { get; init; }
    /// <summary>The version that was on the screen; null when the caller keeps none.</summary>
    public long? Seen { get; init; }
    /// <summary>The criteria, answered; for what is submitted, answered or approved.</summary>
    public PreCheck? Check { get; init; }
}
