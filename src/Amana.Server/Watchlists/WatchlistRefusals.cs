using Amana.Server.Foundation;

namespace Amana.Server.Watchlists;

/// <summary>Every reason this module says no. Codes that begin with <c>list.</c> and concern files and rows are those of
/// Amana.Lists.</summary>
internal static class WatchlistRefusals
{
    // Lists and records.
    public static readonly Refusal ListUnknown = new(RefusalKind.NotFound, "watchlist.unknown",
        "There is no such list, or you may not see it. GET /api/v1/lists names those you may.");
    public static readonly Refusal RecordUnknown = new(RefusalKind.NotFound, "record.unknown",
        "There is no such record, or you may not see it.");
    public static readonly Refusal ListName = new(RefusalKind.Invalid, "watchlist.name",
        "A list's name is 2 to 60 lower-case letters and digits, in words joined by single hyphens, such as ofac-sdn.", Field: "name");
    public static readonly Refusal ListExists = new(RefusalKind.Conflict, "watchlist.exists",
        "There is a list of this name already.", Field: "name");
    public static readonly Refusal Title = new(RefusalKind.Invalid, "watchlist.title",
        "A title has 1 to 200 characters.", Field: "title");
    public static readonly Refusal ListRemoved = new(RefusalKind.Conflict, "watchlist.removed",
        "The list of this name was removed. Restore it, or take another name.", Field: "name");
    public static readonly Refusal ListKept = new(RefusalKind.Conflict, "watchlist.kept",
        "This list is kept by the server itself; it has no files, and nobody imports into it or removes it.", Field: "name");
    public static readonly Refusal NotRemoved = new(RefusalKind.Conflict, "watchlist.not-removed", "Only a removed list can be restored.");
    public static readonly Refusal RestoreTooLate = new(RefusalKind.Conflict, "watchlist.restore-too-late",
        "The time in which this list could be restored is over; it is being deleted.");
    public static readonly Refusal RemovalReasonMissing = new(RefusalKind.Incomplete, "watchlist.reason-missing",
        "Say why the list is removed; the reason goes to the journal.", Field: "reason");
    public static readonly Refusal RemovalReasonTooLong = new(RefusalKind.Invalid, "watchlist.reason-too-long",
        "A reason has at most 1,000 characters.", Field: "reason");
    public static readonly Refusal RecordSearch = new(RefusalKind.Invalid, "record.search",
        "Give an identifier or the beginning of one, at most 300 characters.", Field: "q");

    // Sources.
    public static readonly Refusal SourceKindUnknown = new(RefusalKind.Invalid, "source.kind",
        "A source is one of: upload, disk, https.", Field: "kind");
    public static readonly Refusal AddressMissing = new(RefusalKind.Incomplete, "source.address-missing",
        "Say where the files are: one path or address a line, at most 10.", Field: "address");
    public static readonly Refusal AddressInvalid = new(RefusalKind.Invalid, "source.address",
        "This is no address of a file. It begins with https:// and holds neither user name nor password.", Field: "address");
    public static readonly Refusal PathForbidden = new(RefusalKind.Invalid, "source.path",
        "Files are read only from below the folders that the operator has opened for imports: the folder inbox of the data folder, " +
        "and those of the setting ImportFolders.", Field: "address");
    public static readonly Refusal ScheduleInvalid = new(RefusalKind.Invalid, "source.schedule",
        "A schedule reads 'every 2h' (1 to 168 hours) or 'daily 04:30' (UTC).", Field: "schedule");
    public static readonly Refusal GuardInvalid = new(RefusalKind.Invalid, "source.guard",
        "The guard is a share from 0 to 1: 0.02 waits for a person when more than 2 % would be removed.", Field: "guardShare");
    public static readonly Refusal FormatUnknown = new(RefusalKind.Invalid, "source.format",
        "The format is one of: ofac-csv, un-xml, ftm, notices, csv, corpus; leave it out to have it recognised.", Field: "format");
    public static readonly Refusal MappingInvalid = new(RefusalKind.Invalid, "source.mapping",
        "The mapping is a JSON object with columns: property to a list of column heads; see the README of Amana.Lists.", Field: "mapping");

    // Files.
    public static readonly Refusal NoFile = new(RefusalKind.Incomplete, "upload.no-file",
        "Send at least one file: multipart/form-data with a file name for each, or the bytes of one file with ?file=NAME.", Field: "file");
    public static readonly Refusal TooManyFiles = new(RefusalKind.TooLarge, "upload.too-many-files", "A list has at most 20 files.", Field: "file");
    public static readonly Refusal FileName = new(RefusalKind.Invalid, "upload.file-name",
        "A file needs a name of 1 to 120 characters, once in an upload.", Field: "file");
    public static readonly Refusal UploadBroken = new(RefusalKind.Invalid, "upload.broken",
        "The upload broke off or is no multipart/form-data. Nothing was kept.", Field: "file");
    public static readonly Refusal UploadTooLarge = new(RefusalKind.TooLarge, "upload.too-large",
        "The files are larger than this server takes in one upload.", Field: "file");
    public static readonly Refusal DiskFull = new(RefusalKind.NotReady, "upload.disk-full",
        "The server's disk is full. Nothing was kept, and the lists answer as before.");
    public static readonly Refusal NothingToFetch = new(RefusalKind.Conflict, "run.nothing-to-fetch",
        "The files of this list are uploaded; there is no place to fetch them from. POST them to /api/v1/lists/{name}/files.");

    // Runs.
    public static readonly Refusal RunUnknown = new(RefusalKind.NotFound, "run.unknown",
        "There is no such run, or you may not see it. A reference reads RUN-26-22041.");
    public static readonly Refusal NotRunning = new(RefusalKind.Conflict, "run.not-running", "Only a run that waits in the queue or works can be paused.");
    public static readonly Refusal NotPaused = new(RefusalKind.Conflict, "run.not-paused", "Only a paused run can go on.");
    public static readonly Refusal RunIsOver = new(RefusalKind.Conflict, "run.over", "The run is over; it can be neither stopped nor changed.");
    public static readonly Refusal Publishing = new(RefusalKind.Conflict, "run.publishing",
        "The new version is being published at this moment; undo the publication instead.");
    public static readonly Refusal NotWaiting = new(RefusalKind.Conflict, "run.not-waiting", "Only a run that its guard has stopped can be confirmed.");
    public static readonly Refusal ReasonMissing = new(RefusalKind.Incomplete, "run.reason-missing",
        "Say why so great a loss is right; the reason goes to the journal.", Rule: "The guard of the source", Field: "reason");
    public static readonly Refusal ReasonTooLong = new(RefusalKind.Invalid, "run.reason-too-long", "A reason has at most 1,000 characters.", Field: "reason");
    public static readonly Refusal RunHasMoved = new(RefusalKind.Conflict, "run.has-moved", "The run has gone on meanwhile; look at it again.");
    public static readonly Refusal AlreadyQueued = new(RefusalKind.Conflict, "run.already-queued", "A run of this list waits or works already.");
    public static readonly Refusal NothingToUndo = new(RefusalKind.Conflict, "run.nothing-to-undo",
        "Only the last publication of a list can be undone, and only once.");

    public static readonly Refusal ListAtWork = new(RefusalKind.Conflict, "run.list-at-work",
        "Another run of this list works at this moment; stop it, or wait for its end.");

    public static readonly Refusal NotesFormat = new(RefusalKind.Invalid, "run.format", "Rows set aside come as csv or ndjson.", Field: "format");
    public static readonly Refusal ChangeKindUnknown = new(RefusalKind.Invalid, "run.change-kind", "A change is one of: added, changed, removed.", Field: "kind");

    // Why a run ends without a new version; the run carries the code.
    public const string NothingRead = "run.nothing-read";
    public const string FetchRefused = "run.fetch-refused";
    public const string FetchFailed = "run.fetch-failed";
    public const string PrivateAddress = "run.private-address";
    public const string FileMissing = "run.file-missing";
    public const string FileUnreadable = "run.file-unreadable";
    public const string FileTooLarge = "run.file-too-large";
    public const string RunDiskFull = "run.disk-full";
    public const string RunDatabase = "run.database";
    public const string RunInternal = "run.internal";
}
