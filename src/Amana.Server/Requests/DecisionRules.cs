using Amana.Server.Foundation;

namespace Amana.Server.Requests;

/// <summary>Which decision fits what was asked, what is held, and what those answered who have a say.</summary>
internal static class DecisionRules
{
    /// <returns>Null when the decision may be proposed.</returns>
    public static Refusal? WhyNot(DataRequest request, RequestOutcome outcome, IReadOnlyCollection<RequestHolding> holdings, IReadOnlyCollection<RequestConsultation> asked, DateTimeOffset now)
    {
        bool access = request.Kinds.Contains(DataRequestKind.Access), change = request.Kinds.Any(k => k is not DataRequestKind.Access);
        bool notices = holdings.Any(h => h.Kind is HeldKind.Notice);
        return outcome switch
        {
            RequestOutcome.Corrected or RequestOutcome.Deleted or RequestOutcome.Compliant when !change => RequestRefusals.OutcomeNotAsked,
            RequestOutcome.WeHold when !access => RequestRefusals.OutcomeNotAsked,
            RequestOutcome.Corrected or RequestOutcome.Deleted when !notices => RequestRefusals.HoldingMissing,
            RequestOutcome.WeHold when holdings.All(h => h.Told is MayBeTold.Nothing) => RequestRefusals.HoldingMissing,
            RequestOutcome.NothingHeld when holdings.Count > 0 => RequestRefusals.HoldingOpen,
            RequestOutcome.NeitherYesNorNo when holdings.Any(h => h.Told is not MayBeTold.Nothing) => RequestRefusals.HoldingOpen,
            RequestOutcome.Corrected or RequestOutcome.Deleted or RequestOutcome.Compliant when !SecretariatWasHeard(asked, now) => RequestRefusals.SecretariatOpen,
            _ when TellsOfNotices(outcome) && !holdings.Where(h => h.Kind is HeldKind.Notice).All(h => OwnerAllows(h, asked)) => RequestRefusals.OwnerOpen,
            _ => null,
        };
    }

    /// <summary>Whether the letter names what is held.</summary>
    public static bool TellsOfNotices(RequestOutcome outcome) => outcome is RequestOutcome.WeHold or RequestOutcome.Corrected or RequestOutcome.Deleted or RequestOutcome.Compliant;

    // Asked, and answered or silent for 45 days.
    private static bool SecretariatWasHeard(IEnumerable<RequestConsultation> asked, DateTimeOffset now) =>
        asked.Any(c => c.Party is ConsultedParty.Secretariat && c.StandingAt(now) is not ConsultationStanding.Open);

    // Silence is no leave to tell; it does not keep the notice either. Source: Statute, article 35; domain.md 1.13.
    private static bool OwnerAllows(RequestHolding holding, IEnumerable<RequestConsultation> asked) =>
        holding.Told is MayBeTold.Nothing || asked.Where(c => c.Party is ConsultedParty.Owner && c.Notice == holding.Notice && c.AnsweredAt is not null).OrderByDescending(c => c.AnsweredAt).FirstOrDefault()?.Answer switch
        {
            ConsultationAnswer.TellAll => true,
            ConsultationAnswer.TellPart => holding.Told is MayBeTold.Part,
            _ => false,
        };
}
