using Amana.Server.Foundation;

namespace Amana.Server.Access;

internal static class AccessRefusals
{
    public static readonly Refusal NotSignedIn = new(RefusalKind.Unknown, "access.not-signed-in",
        "Sign in, or send a token: Authorization: Bearer TOKEN.");
    public static readonly Refusal TokenUnknown = new(RefusalKind.Unknown, "access.token-unknown",
        "The token is unknown.", Field: "Authorization");
    public static readonly Refusal TokenExpired = new(RefusalKind.Unknown, "access.token-expired",
        "The token has expired; ask the administrator for another.", Field: "Authorization");
    public static readonly Refusal TokenEnded = new(RefusalKind.Unknown, "access.token-ended",
        "The token was ended by an administrator.", Field: "Authorization");
    public static readonly Refusal SchemeUnknown = new(RefusalKind.Unknown, "access.scheme-unknown",
        "The Authorization header is read as 'Bearer TOKEN' or 'ApiKey TOKEN'.", Field: "Authorization");
    public static readonly Refusal OtherSite = new(RefusalKind.Forbidden, "access.other-site",
        "A browser session changes things only from this server's own pages.");

    public static readonly Refusal PurposeMissing = new(RefusalKind.Invalid, "access.purpose-missing",
        "Say what the question is for: header Amana-Purpose, or a token with a purpose of its own.",
        Rule: "Rules on the Processing of Data, article 10", Field: "Amana-Purpose");
    public static readonly Refusal PurposeUnknown = new(RefusalKind.Invalid, "access.purpose-unknown",
        "There is no such purpose. GET /api/v1/purposes lists them.", Field: "Amana-Purpose");
    public static readonly Refusal PurposeOnlyTraining = new(RefusalKind.Forbidden, "access.purpose-only-training",
        "The purpose 'training' is for training instances: here the records are of real persons.", Field: "Amana-Purpose");

    public static readonly Refusal RouteWithoutRule = new(RefusalKind.Forbidden, "access.route-without-rule",
        "This address has no rule that says who may use it, so nobody may.");

    public static readonly Refusal TokenName = new(RefusalKind.Invalid, "access.token-name",
        "A token needs a name of 1 to 100 letters that says what it is for.", Field: "name");
    public static readonly Refusal TokenWithoutRight = new(RefusalKind.Invalid, "access.token-without-right",
        "A token needs at least one right.", Field: "rights");
    public static readonly Refusal TokenLife = new(RefusalKind.Invalid, "access.token-life",
        "A token lasts between one second and ten years.", Field: "expires");
    public static readonly Refusal TokenNotFound = new(RefusalKind.NotFound, "access.token-not-found",
        "There is no such token.");

    public static Refusal UnknownRight(string word) => new(RefusalKind.Invalid, "access.right-unknown",
        $"There is no right '{Shown(word)}'. Known: {string.Join(", ", RightWords.All)}.", Field: "rights");

    public static Refusal Forbidden(Right right) => new(RefusalKind.Forbidden, "access.forbidden",
        $"Your roles do not include the right '{right.Word()}'.");

    public static Refusal PurposeNotForThis(string purpose, Right right) => new(RefusalKind.Forbidden, "access.purpose-not-for-this",
        $"The purpose '{purpose}' does not allow '{right.Word()}'.", Rule: "Rules on the Processing of Data, article 10", Field: "Amana-Purpose");

    private static string Shown(string word) => word.Length <= 40 ? word : word[..40] + "…";
}
