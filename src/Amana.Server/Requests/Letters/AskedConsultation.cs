using Amana.Server.Foundation;
using Amana.Vocabulary;

namespace Amana.Server.Requests;

/// <summary>What another bureau asks this one about a request of its own. Nobody but who handles requests learns of it.</summary>
internal sealed class AskedConsultation
{
    /// <summary>Open at one time from one bureau.</summary>
    public const int OpenMax = 1_000;

    public required Id<AskedConsultation> Id { get; init; }
    /// <summary>That asks.</summary>
    public required BureauCode Bureau { get; init; }
    /// <summary>That asked, as the answer names it.</summary>
    public required Guid Letter { get; init; }
    /// <summary>The request there.</summary>
    public required string Request { get; init; }
    public required ConsultedParty Party { get; init; }
    /// <summary><see cref="ConsultationLetter"/>, sealed.</summary>
    public required byte[] Body { get; init; }
    public required DateTimeOffset ArrivedAt { get; init; }
    public required DateTimeOffset DueAt { get; init; }
    public DateTimeOffset? AnsweredAt { get; private set; }
    /// <summary>As in the journal.</summary>
    public string? AnsweredBy { get; private set; }
    /// <summary><see cref="ConsultationAnswerLetter"/>, sealed.</summary>
    public byte[]? Answer { get; private set; }

    public string Place => $"data-request-asked/{Id}";

    /// <summary>In the journal of this bureau.</summary>
    public string Reference => $"{Bureau}/{Request}";

    public Refusal? TakeAnswer(byte[] answer, string by, DateTimeOffset at)
    {
        if (AnsweredAt is not null) return RequestRefusals.AskedAnswered;
        (Answer, AnsweredBy, AnsweredAt) = (answer, by, at);
        return null;
    }
}
