using Amana.Server.Foundation;

namespace Amana.Server.Tips;

internal static class TipRefusals
{
    public static readonly Refusal FormStale = new(RefusalKind.Conflict, "tip.form-stale", "The form is more than a day old or comes from elsewhere; send it again from this page.");
    public static readonly Refusal TooFast = new(RefusalKind.Conflict, "tip.too-fast", "The form came back within three seconds; look at it once more and send it again.");
    public static readonly Refusal Trap = new(RefusalKind.Invalid, "tip.trap", "Leave the last field empty: only machines fill it in.", Field: "subject2");
    public static readonly Refusal Empty = new(RefusalKind.Incomplete, "tip.empty", "Say what you know.", Field: "what");
    public static readonly Refusal PictureUnreadable = new(RefusalKind.Invalid, "tip.picture-unreadable", "A picture is a JPEG or PNG file of at most 4 MiB and 6,000 by 6,000 points.", Field: "picture");
    public static readonly Refusal NoticeGone = new(RefusalKind.Conflict, "tip.notice-gone", "This notice is no longer public; send what you know without it.");
    public static readonly Refusal Full = new(RefusalKind.NotReady, "tip.full", "The bureau cannot take more now. Call your local police, or try again tomorrow.");
    public static readonly Refusal Unknown = new(RefusalKind.NotFound, "tip.unknown", "There is no such tip.");
    public static readonly Refusal CodeUnknown = new(RefusalKind.Invalid, "tip.code-unknown", "There is no tip with this code, or it was deleted.", Field: "code");
    public static readonly Refusal Closed = new(RefusalKind.Conflict, "tip.closed", "The tip is closed.");
    public static readonly Refusal TooMany = new(RefusalKind.Conflict, "tip.messages-too-many", "At most 40 questions and answers stand at one tip.");

    public static Refusal TooLong(string field) => new(RefusalKind.Invalid, "tip.too-long", "This field takes fewer characters.", Field: field);

    public static Refusal TextMissing(string field) => new(RefusalKind.Incomplete, "tip.text-missing", "Write something first.", Field: field);
}
