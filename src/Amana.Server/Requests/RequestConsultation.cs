using Amana.Server.Foundation;

namespace Amana.Server.Requests;

internal enum ConsultedParty
{
    /// <summary>The General Secretariat, which says whether what is held complies with the rules.</summary>
    Secretariat,
    /// <summary>The bureau whose notice it is, which says what of it may be told.</summary>
    Owner,
}

internal enum ConsultationAnswer { Complies, CompliesWithUpdate, DoesNotComply, TellAll, TellPart, TellNothing }

internal enum ConsultationStanding
{
    Open,
    Answered,
    /// <summary>The time is over and no answer came: the decision is taken without one.</summary>
    Silent,
}

/// <summary>One question of this request to somebody who has a say: when it was asked, until when an answer is waited for, and what it was.</summary>
internal sealed class RequestConsultation
{
    /// <summary>Source: the sequence of 2025, domain.md 1.13.</summary>
    public const int SecretariatDays = 45;
    /// <summary>As a bureau has to answer a review; a choice of ours, the sources name no number.</summary>
    public const int OwnerDays = 30;
    public const int PerRequestMax = 40;

    public required Id<RequestConsultation> Id { get; init; }
    public required Id<DataRequest> Request { get; init; }
    public required ConsultedParty Party { get; init; }
    /// <summary>Of which the owner is asked; empty for the Secretariat.</summary>
    public required string Notice { get; init; }
    public required DateTimeOffset AskedAt { get; init; }
    public required DateTimeOffset DueAt { get; init; }
    /// <summary>As in the journal.</summary>
    public required string AskedBy { get; init; }
    /// <summary>What was asked, sealed.</summary>
    public required byte[] Question { get; init; }
    public ConsultationAnswer? Answer { get; private set; }
    public DateTimeOffset? AnsweredAt { get; private set; }
    /// <summary>The reasons that were given, sealed: a restriction without reasons is none (Statute, article 35).</summary>
    public byte[]? Words { get; private set; }

    public string Place => $"data-request-consultation/{Id}";

    public ConsultationStanding StandingAt(DateTimeOffset now) => AnsweredAt is not null ? ConsultationStanding.Answered : now >= DueAt ? ConsultationStanding.Silent : ConsultationStanding.Open;

    /// <summary>What the party of this question can answer.</summary>
    public static IReadOnlyList<ConsultationAnswer> AnswersOf(ConsultedParty party) => party is ConsultedParty.Secretariat
        ? [ConsultationAnswer.Complies, ConsultationAnswer.CompliesWithUpdate, ConsultationAnswer.DoesNotComply]
        : [ConsultationAnswer.TellAll, ConsultationAnswer.TellPart, ConsultationAnswer.TellNothing];

    /// <summary>An answer that comes late counts as long as the decision is not proposed.</summary>
    public Refusal? Take(ConsultationAnswer answer, byte[] words, DateTimeOffset at)
    {
        if (AnsweredAt is not null) return RequestRefusals.ConsultationAnswered;
        if (!AnswersOf(Party).Contains(answer)) return RequestRefusals.AnswerMissing;
        (Answer, Words, AnsweredAt) = (answer, words, at);
        return null;
    }
}
