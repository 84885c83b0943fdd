namespace Amana.Server.Foundation;

/// <summary>What the server says before any module is asked.</summary>
internal static class FoundationRefusals
{
    public static readonly Refusal NoSuchAddress = new(RefusalKind.NotFound, "http.not-found",
        "There is nothing at this address.");
    public static readonly Refusal Unreadable = new(RefusalKind.Invalid, "http.unreadable",
        "The request cannot be read.");
    public static readonly Refusal JsonUnreadable = new(RefusalKind.Invalid, "http.json-unreadable",
        "The body is not the JSON that is expected here.");
    public static readonly Refusal JsonTooDeep = new(RefusalKind.Invalid, "http.json-too-deep",
        $"The JSON is nested more than {JsonRules.MaxDepth} levels deep.");
    public static readonly Refusal CharsetUnknown = new(RefusalKind.Invalid, "http.charset-unknown",
        "The character set of the body is unknown; send UTF-8.", Field: "Content-Type");
    public static readonly Refusal BodyTooLarge = new(RefusalKind.TooLarge, "http.body-too-large",
        "The body is larger than this address accepts.");
    public static readonly Refusal TooOften = new(RefusalKind.TooOften, "http.too-often",
        "Too many requests; try again later.");
    public static readonly Refusal NotReady = new(RefusalKind.NotReady, "server.not-ready",
        "The server has started and is still loading.");
    public static readonly Refusal AddressTooLong = new(RefusalKind.Invalid, "http.address-too-long",
        "The address with its query is longer than 16,384 characters; send the question as a POST.");
    public static readonly Refusal ChangedMeanwhile = new(RefusalKind.Conflict, "server.changed-meanwhile",
        "Somebody did the same or something else with this at the same moment. Nothing was changed; look again and repeat it.");
    public static readonly Refusal DatabaseAway = new(RefusalKind.NotReady, "server.database-away",
        "The database does not answer. Nothing was changed; try again in a moment.");
    public static readonly Refusal DatabaseFull = new(RefusalKind.NotReady, "server.database-full",
        "The database has no room left. Nothing was changed; the operator has to make room.");
}
