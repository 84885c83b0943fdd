using Amana.Server.Foundation;

namespace Amana.Server.BlindQuestions;

internal static class BlindRefusals
{
    public static readonly Refusal NotAllowed = new(RefusalKind.Forbidden, "blind.not-allowed", "This bureau has not agreed to answer blind questions of yours.");
    public static readonly Refusal Closed = new(RefusalKind.Forbidden, "blind.closed", "This bureau has closed itself to blind questions of yours; call it.");
    public static readonly Refusal LimitReached = new(RefusalKind.TooOften, "blind.limit-reached", "Your bureau has asked as often today as was agreed.");
    public static readonly Refusal EpochOver = new(RefusalKind.Conflict, "blind.epoch-over", "That key is over; ask for the present one.");
    public static readonly Refusal NotReady = new(RefusalKind.NotReady, "blind.not-ready", "The list is being made; come again in a minute.");
    public static readonly Refusal Unreadable = new(RefusalKind.Invalid, "blind.unreadable", "A question holds 24 elements of ristretto255, each 32 bytes in base64, and a purpose.");

    public static readonly Refusal Nothing = new(RefusalKind.Incomplete, "blind.nothing", "Give a name with a whole birth date, or the number of a document with at least six characters.", Field: "name");
    public static readonly Refusal Name = new(RefusalKind.Invalid, "blind.name", "A name has at most 200 characters.", Field: "name");
    public static readonly Refusal BirthDate = new(RefusalKind.Invalid, "blind.birth-date", "The birth date is a whole day, such as 1974-08-12.", Field: "birthDate");
    public static readonly Refusal Document = new(RefusalKind.Invalid, "blind.document", "The number cannot be read, or its issuer is not three letters.", Field: "document");
    public static readonly Refusal Bureaus = new(RefusalKind.Invalid, "blind.bureaus", "Choose 1 to 50 other bureaus of the directory.", Field: "bureaus");
    public static readonly Refusal Unknown = new(RefusalKind.NotFound, "blind.unknown", "There is no such question.");
    public static readonly Refusal ListUnknown = new(RefusalKind.NotFound, "blind.list-unknown", "There is no such list.", Field: "list");
    public static readonly Refusal BureauUnknown = new(RefusalKind.NotFound, "blind.bureau-unknown", "There is no such bureau in the directory.", Field: "bureau");
    public static readonly Refusal ClosedAlready = new(RefusalKind.Conflict, "blind.closed-already", "The bureau is closed already; set its terms to let it ask again.");
    public static readonly Refusal QuestionUnknown = new(RefusalKind.NotFound, "blind.question-unknown", "The bureau did not ask that question.", Field: "question");
    public static readonly Refusal PerDay = new(RefusalKind.Invalid, "blind.per-day", "A bureau may ask 0 to 10,000 times a day.", Field: "perDay");
    public static readonly Refusal Reason = new(RefusalKind.Incomplete, "blind.reason", "Say why, in 3 to 500 letters.", Field: "reason");
}
