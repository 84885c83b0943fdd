using Amana.Exchange.Handling;
using Amana.Server.Foundation;

namespace Amana.Server.Threads;

internal static class ThreadRefusals
{
    private const string Spec = "docs/specs/handling.md";

    public static readonly Refusal Unknown = new(RefusalKind.NotFound, "thread.unknown", "There is no such thread, or you may not see it.");
    public static readonly Refusal Closed = new(RefusalKind.Conflict, "thread.closed", "The thread is closed; write in it to open it again.");
    public static readonly Refusal ChangedMeanwhile = new(RefusalKind.Conflict, "thread.changed-meanwhile", "Somebody else wrote or changed something at the same moment; look and try again.");
    public static readonly Refusal Subject = new(RefusalKind.Incomplete, "thread.subject", "A new thread needs a subject of 1 to 200 characters.", Field: "subject");
    public static readonly Refusal About = new(RefusalKind.Invalid, "thread.about", "A thread is about at most 20 references of 40 characters each.", Field: "about");
    public static readonly Refusal Outcome = new(RefusalKind.Incomplete, "thread.outcome", "Say what came of it: one of the outcomes, with at most 2,000 characters of text.", Field: "outcome");
    public static readonly Refusal Filter = new(RefusalKind.Invalid, "thread.filter", "There is no such filter.", Field: "filter");
    public static readonly Refusal Limit = new(RefusalKind.Invalid, "thread.limit", "A page has 1 to 100 threads.", Field: "limit");
    public static readonly Refusal Year = new(RefusalKind.Invalid, "thread.year", "A year is between 2000 and 2100.", Field: "year");
    public static readonly Refusal Recipients = new(RefusalKind.Incomplete, "message.recipients", "Name 1 to 250 other bureaus by their codes.", Field: "to");
    public static readonly Refusal Text = new(RefusalKind.Incomplete, "message.text", "Write something: at most 20,000 characters.", Field: "text");
    public static readonly Refusal Handling = new(RefusalKind.Invalid, "message.handling", "The handling cannot be read: codes H0 to H3, text for H3, grades A to X and 1 to 4, bureaus by their codes, an end that is still to come.", Rule: Spec, Field: "codes");
    public static readonly Refusal Audience = new(RefusalKind.Conflict, "message.audience", "The message is not for one of its recipients, as you or a quoted bureau limited it.", Rule: Spec, Field: "to");
    public static readonly Refusal Due = new(RefusalKind.Incomplete, "message.due", "An own term ends within 90 days, and a request has a term.", Field: "due");
    public static readonly Refusal Asks = new(RefusalKind.Invalid, "message.asks", "A request has at most 20 questions of 1 to 500 characters, each to all recipients or to one of them.", Field: "asks");
    public static readonly Refusal AnswerUnknown = new(RefusalKind.Conflict, "message.answer-unknown", "That question is not open, or was not put to this bureau.", Field: "answers");
    public static readonly Refusal QuoteUnknown = new(RefusalKind.NotFound, "message.quote-unknown", "One of the quoted messages is not there, or has left.", Field: "quotes");
    public static readonly Refusal Quotes = new(RefusalKind.Invalid, "message.quotes", "A message quotes at most 10 others.", Field: "quotes");
    public static readonly Refusal FileName = new(RefusalKind.Invalid, "file.name", "A file has a name of 1 to 200 characters.", Field: "files");
    public static readonly Refusal FileTooLarge = new(RefusalKind.TooLarge, "file.too-large", "A file has at most 2 GiB.", Field: "files");
    public static readonly Refusal FilesTooMany = new(RefusalKind.Conflict, "file.too-many", "A message has at most 20 files, and at most 40 wait to be sent.", Field: "files");
    public static readonly Refusal FileUnknown = new(RefusalKind.NotFound, "file.unknown", "There is no such file, it is not whole yet, or it has left.", Field: "files");
    public static readonly Refusal FilePart = new(RefusalKind.Conflict, "file.part", "The part does not go on where the file ends: ask where that is. Parts are whole MiB, 8 at most.", Field: "files");
    public static readonly Refusal ReleaseNotNeeded = new(RefusalKind.Conflict, "release.not-needed", "Nothing stands against that; no permission is needed.");
    public static readonly Refusal ReleaseNotPossible = new(RefusalKind.Conflict, "release.not-possible", "Nobody can allow that: it is over, or not for this bureau.", Rule: Spec);
    public static readonly Refusal ReleaseUnknown = new(RefusalKind.NotFound, "release.unknown", "Nobody asked for that release, or it is answered already.");
    public static readonly Refusal ReleaseAct = new(RefusalKind.Invalid, "release.act", "A release is asked for forward, reply, export, print, graph or statistics.", Field: "act");
    public static readonly Refusal ReleaseUntil = new(RefusalKind.Invalid, "release.until", "A release ends in the future, and gives no more than was asked for.", Field: "until");

    /// <summary>Why the rules say no: the first ground decides the code, all are named.</summary>
    public static Refusal Of(HandlingAnswer answer)
    {
        string all = string.Join(' ', answer.Grounds.Select(g => g.Condition is null ? g.Reason : $"{g.Reason} ({g.Condition})").Distinct());
        return answer.Grounds[0].Word switch
        {
            HandlingRules.Expired => new(RefusalKind.Conflict, "handling.expired", all, Rule: Spec),
            HandlingRules.NotForUs => Unknown,
            HandlingCodeWords.NotInCourt => new(RefusalKind.Conflict, "handling.not-in-court", all, Rule: Spec),
            HandlingCodeWords.NotPassedOn => new(RefusalKind.Conflict, "handling.not-passed-on", all, Rule: Spec),
            HandlingCodeWords.Conditions => new(RefusalKind.Conflict, "handling.condition", all, Rule: Spec, Field: "confirmed"),
            HandlingRules.Confidential => new(RefusalKind.Conflict, "handling.confidential", all, Rule: Spec),
            _ => new(RefusalKind.Conflict, "handling.not-for-them", all, Rule: Spec),
        };
    }
}
