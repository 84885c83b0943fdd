using Amana.Server.Exchange;
using Amana.Server.Notices;
using Amana.Vocabulary;

namespace Amana.Server.Requests;

/// <summary>A question about a request to who has a say: the owner of a notice, or the General Secretariat. Nothing of the applicant is in it: the notice says
/// who it is about. Specification: docs/specs/messages.md.</summary>
/// <param name="Request">Its reference at the bureau that asks.</param>
/// <param name="Kinds">What the applicant asks for.</param>
/// <param name="Notices">Of the owner exactly the one that it is asked about.</param>
internal sealed record ConsultationLetter(string? Request, ConsultedParty? Party, IReadOnlyList<DataRequestKind>? Kinds, IReadOnlyList<string>? Notices, string? Question, DateTimeOffset? Until)
{
    public const string Kind = QuietKinds.Consultation;
    public const int RequestCharsMax = 40, NoticesMax = 200;

    /// <summary>The bureau that such a question goes to by letter; null where people carry it: the own bureau, and one that we do not exchange with.</summary>
    /// <param name="notice">Whose owner is asked; empty: the General Secretariat.</param>
    public static BureauCode? BureauFor(string notice, BureauBook book)
    {
        var to = notice.Length == 0 ? book.Secretariat : NoticeReference.TryParse(notice, null, out var reference) ? reference.Bureau : null;
        return to is not null && book.Exchanges(to) ? to : null;
    }
}

/// <summary>The answer to one.</summary>
/// <param name="Question">Id of the letter that asked.</param>
/// <param name="Ground">The rule by which something is kept back. Source: Statute of the Commission, article 35.</param>
/// <param name="Change">What the owner will do about its notice.</param>
internal sealed record ConsultationAnswerLetter(Guid? Question, ConsultationAnswer? Answer, string? Reason, string? Ground, ConsultationChange? Change)
{
    public const string Kind = QuietKinds.ConsultationAnswer;
    public const int GroundCharsMax = 500;
}
