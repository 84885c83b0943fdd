using Amana.Server.Foundation;
using Amana.Vocabulary;

namespace Amana.Server.Requests;

internal enum ConsultedParty
{
    /// <summary>The General Secretariat, which says whether what is held complies with the rules.</summary>
    Secretariat,
    /// <summary>The bureau whose notice it is, which says what of it may be told.</summary>
    Owner,
}

internal enum ConsultationAnswer { Complies, CompliesWithUpdate, DoesNotComply, TellAll, TellPart, TellNothing }

/// <summary>What the owner of a notice will do about it, whatever is told.</summary>
internal enum ConsultationChange { None, Correction, Deletion }

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
    /// <summary>The bureau that the question travelled to as a letter; null when people carry it.</summary>
    public BureauCode? Bureau { get; init; }
    public Guid? Letter { get; init; }
    /// <summary>What was asked, sealed.</summary>
    public required byte[] Question { get; init; }
    public ConsultationAnswer? Answer { get; private set; }
    public DateTimeOffset? AnsweredAt { get; private set; }
    /// <summary>The reasons that were given, sealed: a restriction without reasons is none (Statute, article 35).</summary>
    public byte[]? Words { get; private set; }

    /// <summary>The rule that forbids what may not be told, sealed; of an answer that came as a letter.</summary>
    public byte[]? Ground { get; private set; }
    /// <summary>What the owner will do; of an answer that came as a letter.</summary>
    public ConsultationChange? Change { get; private set; }

    public string Place => $"data-request-consultation/{Id}";

    public ConsultationStanding StandingAt(DateTimeOffset now) => AnsweredAt is not null ? ConsultationStanding.Answered : now >= DueAt ? ConsultationStanding.Silent : ConsultationStanding.Open;

    /// <summary>What the party of this question can answer.</summary>
    public static IReadOnlyList<ConsultationAnswer> AnswersOf(ConsultedParty party) => party is ConsultedParty.Secretariat
        ? [ConsultationAnswer.Complies, ConsultationAnswer.CompliesWithUpdate, ConsultationAnswer.DoesNotComply]
        : [ConsultationAnswer.TellAll, ConsultationAnswer.TellPart, ConsultationAnswer.TellNothing];

    /// <summary>An answer that keeps something back says by which rule.</summary>
    public static bool NeedsGround(ConsultationAnswer answer) => answer is ConsultationAnswer.TellPart or ConsultationAnswer.TellNothing or ConsultationAnswer.DoesNotComply;

    /// <summary>As <see cref="Take(ConsultationAnswer, byte[], DateTimeOffset)"/>, of an answer that came as a letter.</summary>
    public Refusal? Take(ConsultationAnswer answer, byte[] words, byte[]? ground, ConsultationChange change, DateTimeOffset at)
    {
        if (Take(answer, words, at) is { } refused) return refused;
        (Ground, Change) = (ground, change);
        return null;
    }

    /// <summary>An answer that comes late counts as long as the decision is not proposed.</summary>
    public Refusal? Take(ConsultationAnswer answer, byte[] words, DateTimeOffset at)
    {
        if (AnsweredAt is not null) return RequestRefusals.ConsultationAnswered;
        if (!AnswersOf(Party).Contains(answer)) return RequestRefusals.AnswerMissing;
        (Answer, Words, AnsweredAt) = (answer, words, at);
        return null;
    }
}
