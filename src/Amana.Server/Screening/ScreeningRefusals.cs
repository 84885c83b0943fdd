using Amana.Server.Foundation;
using Amana.Matching;

namespace Amana.Server.Screening;

/// <summary>Every reason for which a question, a decision or a batch is refused.</summary>
internal static class ScreeningRefusals
{
    public static readonly Refusal NotReady = new(RefusalKind.NotReady, "screening.not-ready",
        "The lists are still being loaded; ask again in a few seconds.");

    public static readonly Refusal Days = new(RefusalKind.Invalid, "search.days",
        "A period has 1 to 90 days.", Field: "days");

    // The body as a whole
    public static readonly Refusal BodyUnreadable = new(RefusalKind.Invalid, "screening.body-unreadable",
        "The body is not one JSON object in UTF-8.");
    public static readonly Refusal BodyTooDeep = new(RefusalKind.Invalid, "screening.body-too-deep",
        $"The JSON is nested deeper than {JsonRules.MaxDepth} levels.");
    public static readonly Refusal BodyTooLarge = new(RefusalKind.TooLarge, "screening.body-too-large",
        "The body is larger than 16 MiB; send many questions to /api/v1/screenings/bulk.");
    public static readonly Refusal TextBroken = new(RefusalKind.Invalid, "screening.text-broken",
        "The text holds NUL or half of a surrogate pair.");
    public static readonly Refusal NotText = new(RefusalKind.Invalid, "screening.not-text",
        "This is neither a text nor a list of texts.");

    // One question
    public static readonly Refusal NameMissing = new(RefusalKind.Invalid, "screening.name-missing",
        "A question needs a name with at least one letter or digit.", Field: "name");
    public static readonly Refusal NameOnlyParticles = new(RefusalKind.Invalid, "screening.name-only-particles",
        "The name holds only particles, titles or company forms; nothing is left to compare.", Field: "name");
    public static readonly Refusal NameTooLong = new(RefusalKind.Invalid, "screening.name-too-long",
        $"A name has at most {Question.NameCharsMax:N0} characters.", Field: "name");
    public static readonly Refusal TooManyNames = new(RefusalKind.Invalid, "screening.names-too-many",
        $"A question has at most {Question.NamesMax} names.", Field: "name");
    public static readonly Refusal TooManyValues = new(RefusalKind.Invalid, "screening.values-too-many",
        "A field has at most 50 values.");
    public static readonly Refusal SchemaMissing = new(RefusalKind.Incomplete, "screening.schema-missing",
        "The question does not say what it is about: give a schema, such as Person.", Field: "schema");
    public static readonly Refusal SchemaUnknown = new(RefusalKind.Invalid, "screening.schema-unknown",
        "There is no such schema in FollowTheMoney.", Field: "schema");

    // Options of a call
    public static readonly Refusal DatasetUnknown = new(RefusalKind.NotFound, "screening.dataset-unknown",
        "There is no such dataset, or you may not see it. GET /catalog lists them.", Field: "dataset");
    public static readonly Refusal AlgorithmUnknown = new(RefusalKind.Invalid, "screening.algorithm-unknown",
        "There is no such algorithm. GET /algorithms lists them.", Field: "algorithm");
    /// <summary>No refusal: a warning beside each answer of a call with <c>weights</c> or <c>config</c>.</summary>
    public const string TuningUnused = "screening.tuning-unused";
    public static readonly Refusal NoQueries = new(RefusalKind.Invalid, "screening.queries-missing",
        "Send at least one question in queries.", Field: "queries");
    public static readonly Refusal QueriesMissing = new(RefusalKind.Incomplete, "screening.queries-missing-field",
        "The body has no object queries.", Field: "queries");
    public static readonly Refusal TooManyQueries = new(RefusalKind.Invalid, "screening.queries-too-many",
        "A call has at most 100 questions; send more to /api/v1/screenings/bulk.", Field: "queries");
    public static readonly Refusal TooManyExcluded = new(RefusalKind.Invalid, "screening.excluded-too-many",
        "At most 50 entities can be left out.", Field: "exclude_entity_ids");
    public static readonly Refusal QMissing = new(RefusalKind.Invalid, "screening.q-missing",
        "Say what to search for.", Field: "q");
    public static readonly Refusal SortUnknown = new(RefusalKind.Invalid, "screening.sort-unknown",
        "Results can be sorted by _score, caption, first_seen, last_seen, last_change, with :asc or :desc.", Field: "sort");

    public static readonly Refusal FamousTooMany = new(RefusalKind.TooLarge, "asking.famous-too-many",
        $"At most {FamousList.NamesMost:N0} names and 1 MiB.", Field: "file");
    public static Refusal FamousUnreadable(string why) => new(RefusalKind.Invalid, "asking.famous-unreadable", why, Field: "file");
    public static Refusal FamousLine(long line) => new(RefusalKind.Invalid, "asking.famous-line",
        $"Line {line} holds no name that can be compared.", Field: "file");

    public static Refusal OutOfRange(string field, string range) => new(RefusalKind.Incomplete, "screening.out-of-range",
        $"'{field}' must be {range}.", Field: field);

    public static readonly Refusal EntityUnknown = new(RefusalKind.NotFound, "screening.entity-unknown",
        "There is no such entity, or you may not see it.");

    public static readonly Refusal LinkUnknown = new(RefusalKind.NotFound, "screening.property-unknown",
        "An entity of this schema has no such property that leads to other entities.", Field: "property");

    // Hits
    public static readonly Refusal HitUnknown = new(RefusalKind.NotFound, "hit.unknown",
        "There is no such hit, or your bureau may not see it.");
    public static readonly Refusal VerdictMissing = new(RefusalKind.Incomplete, "hit.verdict-missing",
        "Say same-person, not-the-same or cannot-tell.", Field: "verdict");
    public static readonly Refusal VerdictUnknown = new(RefusalKind.Invalid, "hit.verdict-unknown",
        "A verdict is same-person, not-the-same or cannot-tell.", Field: "verdict");
    public static readonly Refusal ReasonMissing = new(RefusalKind.Incomplete, "hit.reason-missing",
        "No verdict without a reason; choose one.", Field: "reason");
    public static readonly Refusal ReasonUnknown = new(RefusalKind.Invalid, "hit.reason-unknown",
        "There is no such reason for this verdict. GET /api/v1/hits/reasons lists them.", Field: "reason");
    public static readonly Refusal ReasonTextMissing = new(RefusalKind.Incomplete, "hit.reason-text-missing",
        "The reason 'other' needs a text.", Field: "text");
    public static readonly Refusal ReasonTextTooLong = new(RefusalKind.Invalid, "hit.reason-text-too-long",
        $"The text has at most {HitDecision.TextCharsMax:N0} characters.", Field: "text");
    public static readonly Refusal ChangedMeanwhile = new(RefusalKind.Conflict, "hit.changed-meanwhile",
        "Somebody else has changed this hit since you opened it. Nothing of yours was recorded; look at the new state first.");
    public static readonly Refusal AlreadyDecided = new(RefusalKind.Conflict, "hit.already-decided",
        "This hit is decided. To decide it anew, open it and send the version that you saw.");
    public static readonly Refusal NotDecided = new(RefusalKind.Conflict, "hit.not-decided", "This hit is open; there is nothing to undo.");
    public static readonly Refusal NotYours = new(RefusalKind.Conflict, "hit.not-yours", "Only the officer who decided may undo; decide it anew instead.");
    public static readonly Refusal UndoTooLate = new(RefusalKind.Conflict, "hit.undo-too-late",
        "A decision can be undone for 10 minutes; decide it anew instead.");
    public static readonly Refusal AnswerGone = new(RefusalKind.Conflict, "hit.answer-gone",
        "This record no longer answers the question; ask it again.");

    // Batches
    public static readonly Refusal BatchUnknown = new(RefusalKind.NotFound, "batch.unknown",
        "There is no such batch, or your bureau may not see it.");
    public static readonly Refusal BatchFileMissing = new(RefusalKind.Incomplete, "batch.file-missing", "Send the file of questions.", Field: "file");
    public static readonly Refusal BatchFileEmpty = new(RefusalKind.Invalid, "batch.file-empty", "The file is empty.", Field: "file");
    public static readonly Refusal BatchAgreementMissing = new(RefusalKind.Incomplete, "batch.agreement-missing",
        "Say who agreed to searching for everybody in this file.", Field: "agreed_by");
    public static readonly Refusal BatchAgreementTooLong = new(RefusalKind.Invalid, "batch.agreement-too-long",
        "At most 200 characters.", Field: "agreed_by");
    public static readonly Refusal BatchNotRunning = new(RefusalKind.Conflict, "batch.not-running", "Only a waiting or running batch can be paused or stopped.");
    public static readonly Refusal BatchNotPaused = new(RefusalKind.Conflict, "batch.not-paused", "Only a paused batch can be resumed.");
    public static readonly Refusal BatchForgotten = new(RefusalKind.Conflict, "batch.forgotten", "This batch is over and its rows are deleted.");
    public static readonly Refusal BatchStillRunning = new(RefusalKind.Conflict, "batch.still-running", "Stop the batch first.");
    public static Refusal BatchFileRefused(string code, string detail) => new(RefusalKind.Invalid, code, detail, Field: "file");
}
