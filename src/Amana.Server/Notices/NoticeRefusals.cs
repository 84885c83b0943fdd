using Amana.Server.Foundation;

namespace Amana.Server.Notices;

/// <summary>Every reason for which a notice is not written, sent, reviewed, published or changed.</summary>
internal static class NoticeRefusals
{
    public static readonly Refusal Unknown = new(RefusalKind.NotFound, "notice.unknown",
        "There is no such notice, or your bureau may not see it."); // one answer for both, on purpose
    public static readonly Refusal ColourUnknown = new(RefusalKind.Invalid, "notice.colour",
        "A type is one of: red, yellow, blue, black, green, orange, purple, silver, un-special.", Field: "colour");
    public static readonly Refusal NotOpen = new(RefusalKind.Conflict, "notice.not-open",
        "Only a draft, or a request that the reviewers sent back, can be written in.");
    public static readonly Refusal ChangedMeanwhile = new(RefusalKind.Conflict, "notice.changed-meanwhile",
        "Somebody else has changed this notice since you opened it. Nothing of yours was saved; look at the new state first.", Field: "version");
    public static readonly Refusal OwnWork = new(RefusalKind.Forbidden, "notice.own-work",
        "Nobody reviews or publishes the own request; another person does.", Rule: "Two persons; RPD, article 128 (supervision)");
    public static readonly Refusal SecondPerson = new(RefusalKind.Forbidden, "notice.second-person",
        "Who approved a notice of this type does not publish it; a second person does.", Rule: "Two persons for red notices");
    public static readonly Refusal ReasonMissing = new(RefusalKind.Incomplete, "notice.reason-missing",
        "Say why; the person concerned may one day read it.", Field: "reason");
    public static readonly Refusal ReasonTooLong = new(RefusalKind.Invalid, "notice.reason-too-long",
        $"A reason has at most {Notice.ReasonCharsMax:N0} characters.", Field: "reason");
    public static readonly Refusal SameSuspension = new(RefusalKind.Conflict, "notice.same-suspension",
        "A second suspension needs another reason than the one before.", Rule: "RPD, article 81", Field: "reason");
    public static readonly Refusal RenewalTooEarly = new(RefusalKind.Conflict, "notice.renewal-too-early",
        "A notice is renewed within the last 182 days, when its need has been looked at again.", Rule: "RPD, articles 49 and 50");
    public static readonly Refusal CriterionUnknown = new(RefusalKind.NotFound, "notice.criterion-unknown",
        "This notice has no such criterion that a person can answer.", Field: "criterion");
    public static readonly Refusal NotReviewed = new(RefusalKind.Conflict, "notice.not-in-review", "Only a request in review can be answered on.");
    public static readonly Refusal ListLimit = new(RefusalKind.Invalid, "notice.limit", "A page has 1 to 200 notices.", Field: "limit");
    public static readonly Refusal FilterUnknown = new(RefusalKind.Invalid, "notice.filter", "There is no such state or type to filter by.");
    public static readonly Refusal NeverReleased = new(RefusalKind.Invalid, "notice.never-public",
        "Notices of this type have no public extract.", Field: "release");
    public static readonly Refusal ProtectionIncomplete = new(RefusalKind.Incomplete, "notice.protection-incomplete",
        "A protection names a person with the year of birth, and the bureaus it holds against.");
    public static readonly Refusal MeasureUnknown = new(RefusalKind.Incomplete, "notice.bureau-missing",
        "Say which bureau may send no requests, or may again.", Field: "bureau");
    public static readonly Refusal PictureUnreadable = new(RefusalKind.Invalid, "notice.picture-unreadable",
        "A picture is a JPEG or PNG file of at most 4 MiB and 6,000 by 6,000 points.", Field: "picture");
    public static readonly Refusal PicturesTooMany = new(RefusalKind.Conflict, "notice.pictures-too-many", "A notice has at most 10 pictures.", Field: "picture");

    public static readonly Refusal PictureUnknown = new(RefusalKind.NotFound, "notice.picture-unknown", "This request has no such picture.", Field: "picture");
    public static readonly Refusal NameFirst = new(RefusalKind.Incomplete, "notice.name-first",
        "Type the name: whether there is a notice about the same person is looked up first.", Field: "familyName");
    public static readonly Refusal OwnRefusal = new(RefusalKind.Forbidden, "notice.own-refusal", "Who refused a request does not revise that; another reviewer does.", Rule: "Two persons");
    public static readonly Refusal OwnBureau = new(RefusalKind.Forbidden, "notice.own-bureau", "A request is decided by a reviewer of another bureau.", Rule: "Independent review");
    public static readonly Refusal RenewalNotAsked = new(RefusalKind.Conflict, "notice.renewal-not-asked",
        "Its owner asks for the renewal first; another person grants it.", Rule: "RPD, articles 49 and 50; two persons");
    public static readonly Refusal YearUnknown = new(RefusalKind.Invalid, "notice.year", "A year is between 2000 and 2100.", Field: "year");
    public static readonly Refusal NoFormat = new(RefusalKind.Conflict, "notice.no-format",
        "This notice has no such form: it was not published, is deleted, or names nobody. Forms are ftm, jsonld and stix.", Field: "format");
    public static readonly Refusal NotInForce = new(RefusalKind.Conflict, "notice.not-in-force", "Only of a notice in force is reported that the person was met with.");
    public static readonly Refusal SightingIncomplete = new(RefusalKind.Incomplete, "notice.sighting-incomplete",
        "Say what happened, on which day (2026-11-24, not in the future) and where.", Rule: "RPD, article 87", Field: "kind");
    public static readonly Refusal SightingTooLong = new(RefusalKind.Invalid, "notice.sighting-too-long", "A place has at most 200 characters and the report 2,000.", Field: "text");
    public static readonly Refusal WatchBasis = new(RefusalKind.Incomplete, "watch.basis", "Say on which legal basis the person is watched, in at most 500 characters.", Field: "legalBasis");
    public static readonly Refusal WatchUntil = new(RefusalKind.Incomplete, "watch.until", "Say until which day (2027-05-31), at most a year ahead.", Field: "until");
    public static readonly Refusal WatchesTooMany = new(RefusalKind.Conflict, "watch.too-many", "A bureau has at most 200 watches; end one first.");
    public static readonly Refusal WatchUnknown = new(RefusalKind.NotFound, "watch.unknown", "There is no such watch, or it is not yours.");
    public static readonly Refusal NotAmendable = new(RefusalKind.Conflict, "notice.not-amendable", "Only a notice that is in force or suspended is amended.");
    public static readonly Refusal AmendmentOpen = new(RefusalKind.Conflict, "notice.amendment-open",
        "Somebody already writes an amendment of this notice; there is one at a time.");
    public static readonly Refusal EditionPassed = new(RefusalKind.Conflict, "notice.edition-passed",
        "Another edition was published since this amendment was begun. Begin a new one from what is in force.");
    public static readonly Refusal NotAnnotated = new(RefusalKind.Conflict, "notice.no-addendum", "An addendum is added to a notice that is in force, suspended or blocked.");
    public static readonly Refusal AddendumOfReviewers = new(RefusalKind.Forbidden, "notice.addendum-of-reviewers",
        "Only reviewers add a caveat or an order of the Commission.", Rule: "Statute of the Commission; RPD, article 81");
    public static readonly Refusal AddendumEmpty = new(RefusalKind.Incomplete, "notice.addendum-empty", "Write the addendum in at least one of the four languages.", Field: "texts");
    public static readonly Refusal AddendumTooLong = new(RefusalKind.Invalid, "notice.addendum-too-long",
        $"An addendum has at most {NoticeAddendum.CharsMax:N0} characters in each language.", Field: "texts");
    public static readonly Refusal AddendumKindUnknown = new(RefusalKind.Invalid, "notice.addendum-kind",
        "An addendum is one of: correction, extradition-refused, located, status-change, caveat, commission-order.", Field: "kind");
    public static readonly Refusal HitUnknown = new(RefusalKind.NotFound, "notice.hit-unknown", "There is no such hit of your bureau on this notice, or you may not see it.", Field: "hit");
    public static readonly Refusal HitUndecided = new(RefusalKind.Conflict, "notice.hit-undecided", "Only a hit that somebody has looked at is told: the same person, or cannot tell yet. Of another person nobody is told.", Field: "hit");
    public static readonly Refusal HitTold = new(RefusalKind.Conflict, "notice.hit-told", "The owner was told of this hit already; what changes is told by itself.", Field: "hit");
    public static readonly Refusal OwnerIsHere = new(RefusalKind.Conflict, "notice.owner-here", "The owner of this notice works on this server and sees the hits on it.");
    public static readonly Refusal AddendumUnknown = new(RefusalKind.NotFound, "notice.addendum-unknown", "This notice has no such addendum, or another one has taken its place.", Field: "replaces");

    public static Refusal FieldUnknown(string name) => new(RefusalKind.Invalid, "notice.field-unknown",
        "A notice of this type has no such field. GET /api/v1/notices/types names them.", Field: name);
    public static Refusal FieldTooLong(NoticeField field) => new(RefusalKind.Invalid, "notice.field-too-long",
        $"This field takes at most {field.CharsMax:N0} characters.", Field: field.Name);
    public static Refusal FieldTooMany(NoticeField field) => new(RefusalKind.Invalid, "notice.field-too-many",
        "This field takes fewer values.", Field: field.Name);
    public static Refusal FieldUnreadable(NoticeField field) => new(RefusalKind.Invalid, "notice.field-unreadable",
        $"This cannot be read as {WordOf(field)}.", Field: field.Name);

    public static Refusal WrongState(NoticeState state, NoticeEvent wanted) => new(RefusalKind.Conflict, "notice.wrong-state",
        $"A notice that is {state.ToString().ToLowerInvariant()} cannot take the step '{wanted}'.");

    public static Refusal ReasonCode(string use) => new(RefusalKind.Invalid, "notice.reason-code",
        $"Choose one of the reasons to {use}: {string.Join(", ", NoticeRules.Own.Reasons.Where(r => r.Uses.Contains(use)).Select(r => r.Code))}.", Field: "code");

    /// <summary>The first unmet criterion gives the rule; all are named.</summary>
    public static Refusal NotMet(IEnumerable<Finding> findings) => Of("notice.criteria-not-met", "These conditions are not met", findings);

    public static Refusal NotApprovable(IEnumerable<Finding> findings) => Of("notice.criteria-open", "These conditions are not met or not answered yet", findings);

    private static Refusal Of(string code, string what, IEnumerable<Finding> findings)
    {
        var all = findings.ToList();
        return new(RefusalKind.Conflict, code, $"{what}: {string.Join(", ", all.Select(f => f.Criterion.Id))}.", all[0].Criterion.Rule, all[0].Criterion.Id);
    }

    private static string WordOf(NoticeField field) => field.Kind switch
    {
        FieldKind.Date => "a day such as 2026-11-24",
        FieldKind.PartialDate => "a date such as 1974-08-12, 1974-08 or 1974",
        FieldKind.Country or FieldKind.Countries => "a country code of two or three letters",
        FieldKind.Number => $"a whole number from {field.From} to {field.To}",
        FieldKind.Flag => "yes or no",
        FieldKind.Choice or FieldKind.Choices => $"one of {string.Join(", ", field.Choices)}",
        FieldKind.Bureaus => "bureau codes such as UTO",
        _ => "a reference such as UTO-R-2026-0291",
    };
}
