using Amana.Server.Foundation;

namespace Amana.Server.LostAndStolen;

/// <summary>Every reason this module says no.</summary>
internal static class ItemRefusals
{
    public static readonly Refusal Unknown = new(RefusalKind.NotFound, "item.unknown", "There is no such record, or your bureau may not see it.");
    public static readonly Refusal KindUnknown = new(RefusalKind.Invalid, "item.kind", "A kind is one of: document, vehicle, firearm, vessel, art.", Field: "kind");
    public static readonly Refusal NotOwner = new(RefusalKind.Forbidden, "item.not-owner", "Only the owner bureau may do this.", Rule: "domain.md 2.3: entry and deletion by the owner bureau");
    public static readonly Refusal NotIssuer = new(RefusalKind.Forbidden, "item.not-issuer", "Only the country that issued a document enters it. Ask the issuing bureau.",
        Rule: "domain.md 2.3: only the issuing country may enter a document", Field: "issuer");
    public static readonly Refusal FieldMissing = new(RefusalKind.Incomplete, "item.field-missing", "This field must be filled.");
    public static readonly Refusal FieldTooLong = new(RefusalKind.Invalid, "item.field-too-long", "This text is too long.");
    public static readonly Refusal FieldUnknown = new(RefusalKind.Invalid, "item.field-unknown", "A record of this kind has no such field; it holds no names of persons.");
    public static readonly Refusal NumberUnreadable = new(RefusalKind.Invalid, "item.number", "A number has 4 to 40 letters and digits.");
    public static readonly Refusal NumberMissing = new(RefusalKind.Incomplete, "item.number-missing", "Give at least one number by which the thing is known.");
    public static readonly Refusal CountryUnknown = new(RefusalKind.Invalid, "item.country", "Give the country as in travel documents: three letters, such as UTO.");
    public static readonly Refusal ChoiceUnknown = new(RefusalKind.Invalid, "item.choice", "Choose one of the values that this field has.");
    public static readonly Refusal DateUnreadable = new(RefusalKind.Invalid, "item.date", "A date reads 2026-11-27.");
    public static readonly Refusal DateOutOfRange = new(RefusalKind.Invalid, "item.date-range", "This date cannot be: a loss is not in the future, and a record is kept for at most ten years.");
    public static readonly Refusal Exists = new(RefusalKind.Conflict, "item.exists", "Your bureau has a record in force with this number already.");
    public static readonly Refusal AlreadyWithdrawn = new(RefusalKind.Conflict, "item.withdrawn", "The record was withdrawn already.");
    public static readonly Refusal ReasonUnknown = new(RefusalKind.Invalid, "item.reason", "A reason is one of: recovered, entered-in-error, replaced, other.", Field: "reason");
    public static readonly Refusal TextTooLong = new(RefusalKind.Invalid, "item.text-too-long", "A text has at most 1,000 characters.", Field: "text");
    public static readonly Refusal BatchUnreadable = new(RefusalKind.Invalid, "item.batch", "Send CSV with a head of field names, or a JSON array of objects.");
    public static readonly Refusal BatchTooLarge = new(RefusalKind.TooLarge, "item.batch-too-large", "A batch has at most 5,000 records and 8 MiB.");
    public static readonly Refusal AlreadyAnswered = new(RefusalKind.Conflict, "item.answered", "The question was answered already.");
    public static readonly Refusal QuestionUnknown = new(RefusalKind.NotFound, "item.question-unknown", "There is no such question, or it was not asked of your bureau.");
    public static readonly Refusal NoHit = new(RefusalKind.Conflict, "item.no-hit", "This number does not lead to that record; check it again.", Field: "number");
    public static readonly Refusal NotReady = new(RefusalKind.NotReady, "item.not-ready", "The index of numbers is being opened. Try again in a moment.");
    public static readonly Refusal ZoneUnreadable = new(RefusalKind.Invalid, "item.zone", "The zone cannot be read: it has three lines of 30, two of 36 or two of 44 characters.", Field: "zone");
    public static readonly Refusal ZoneCheckDigit = new(RefusalKind.Invalid, "item.zone-check-digit", "A check digit of the zone does not agree: a character was read wrongly. Look again, or type the number.", Field: "zone");
    public static readonly Refusal IssuerNeeded = new(RefusalKind.Incomplete, "item.issuer-needed", "Say who issued the document to look one character off: without the country too many strangers come near.", Field: "issuer");

    public static Refusal At(this Refusal refusal, string field) => refusal with { Field = field };
}
