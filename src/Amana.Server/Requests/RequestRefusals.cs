using Amana.Server.Foundation;

namespace Amana.Server.Requests;

internal static class RequestRefusals
{
    public static readonly Refusal Unknown = new(RefusalKind.NotFound, "request.unknown", "There is nothing here.");
    public static readonly Refusal CodeUnknown = new(RefusalKind.Invalid, "request.code-unknown", "Reference and secret word do not belong together.", Field: "secret");
    public static readonly Refusal KindMissing = new(RefusalKind.Incomplete, "request.kind-missing", "Choose what you ask for.", Field: "access");
    public static readonly Refusal PaperMissing = new(RefusalKind.Incomplete, "request.paper-missing", "Add a copy of an identity document.", Field: "paper1");
    public static readonly Refusal PaperUnreadable = new(RefusalKind.Invalid, "request.paper-unreadable", "A copy is a JPEG or PNG file of at most 4 MiB and 6,000 by 6,000 points.", Field: "paper1");
    public static readonly Refusal PapersTooMany = new(RefusalKind.Conflict, "request.papers-too-many", "At most 6 copies stand at one request.");
    public static readonly Refusal FormStale = new(RefusalKind.Conflict, "request.form-stale", "The form is more than a day old or comes from elsewhere; send it again from this page.");
    public static readonly Refusal Full = new(RefusalKind.NotReady, "request.full", "Requests cannot be taken here at this moment; write a letter, or try again tomorrow.");
    public static readonly Refusal WrongState = new(RefusalKind.Conflict, "request.wrong-state", "A request in this state cannot take this step.");
    public static readonly Refusal NotProved = new(RefusalKind.Conflict, "request.not-proved", "Say first how it was checked that it is really this person.");
    public static readonly Refusal Extension = new(RefusalKind.Invalid, "request.extension", "The clock is extended once, by one to three months.", Rule: "Statute of the Commission, article 40");
    public static readonly Refusal OutcomeMissing = new(RefusalKind.Incomplete, "request.outcome-missing", "Choose a decision.", Field: "outcome");
    public static readonly Refusal OutcomeNotAsked = new(RefusalKind.Conflict, "request.outcome-not-asked", "This decision answers another kind of request.", Field: "outcome");
    public static readonly Refusal HoldingMissing = new(RefusalKind.Conflict, "request.holding-missing", "This decision speaks of what is held: note it first.");
    public static readonly Refusal HoldingOpen = new(RefusalKind.Conflict, "request.holding-open", "Something is held that may be told: the answer cannot be that nothing is.");
    public static readonly Refusal NoticeUnknown = new(RefusalKind.Invalid, "request.notice-unknown", "There is no such notice.", Field: "notice");
    public static readonly Refusal Twice = new(RefusalKind.Conflict, "request.changed-meanwhile", "Somebody else has changed this request since you opened it.");

    public static readonly Refusal SecondPerson = new(RefusalKind.Forbidden, "request.second-person", "Who proposed a decision does not confirm it; another person reads the letter and does.", Rule: "Requests/README.md, Rules");
    public static readonly Refusal LetterNotRead = new(RefusalKind.Incomplete, "request.letter-not-read", "Read the letter and say that you have.", Field: "read");
    public static readonly Refusal SecretariatOpen = new(RefusalKind.Conflict, "request.secretariat-open", "Ask the General Secretariat first; without its answer this is decided after 45 days.", Rule: "Statute of the Commission, article 35");
    public static readonly Refusal OwnerOpen = new(RefusalKind.Conflict, "request.owner-open", "Of a notice only that is told which its owner allowed when asked. Without an answer nothing of it is told.", Rule: "Statute of the Commission, article 35");
    public static readonly Refusal ConsultationOpen = new(RefusalKind.Conflict, "request.consultation-open", "They were asked already, and the time for an answer is not over.");
    public static readonly Refusal ConsultationAnswered = new(RefusalKind.Conflict, "request.consultation-answered", "This question was answered already; ask again.");
    public static readonly Refusal AskedAnswered = new(RefusalKind.Conflict, "request.asked-answered", "Your bureau has answered this question already.");
    public static readonly Refusal GroundMissing = new(RefusalKind.Incomplete, "request.ground-missing", "Name the rule that forbids it: a restriction without a reason is none.", Field: "ground", Rule: "Statute of the Commission, article 35");
    public static readonly Refusal AnswerMissing = new(RefusalKind.Incomplete, "request.answer-missing", "Choose what was answered.", Field: "answer");
    public static readonly Refusal RevisionEarly = new(RefusalKind.Conflict, "request.revision-early", "A decision is revised once it was told.");
    public static readonly Refusal RevisionOpen = new(RefusalKind.Conflict, "request.revision-open", "A revision of this decision is being worked on already.");
    public static readonly Refusal RevisionDay = new(RefusalKind.Invalid, "request.revision-day", "The fact became known to you after the decision and at most six months ago: write the day as 2026-11-27.", Field: "known", Rule: "Statute of the Commission, article 42");

    public static Refusal TextMissing(string field) => new(RefusalKind.Incomplete, "request.text-missing", "This field is needed.", Field: field);

    public static Refusal TooLong(string field) => new(RefusalKind.Invalid, "request.too-long", "This field takes fewer characters.", Field: field);
}
