using Amana.Server.Foundation;

namespace Amana.Server.Access.OpenId;

internal static class OpenIdRefusals
{
    public static readonly Refusal Unknown = new(RefusalKind.Unknown, "access.openid-unknown",
        "Nobody here has linked this account. Sign in another way and link it in your profile, or take up your invitation with it.");
    public static readonly Refusal OneFactor = new(RefusalKind.Unknown, "access.openid-one-factor",
        "The provider says that only one factor was shown, and there is no second step here.", Rule: "NIST SP 800-63B, AAL2");
    public static readonly Refusal AnotherPerson = new(RefusalKind.Conflict, "access.openid-another-person",
        "That account is linked with another person here.");
    public static readonly Refusal LastWayIn = new(RefusalKind.Conflict, "access.openid-last-way-in",
        "This is your only way in; add a passkey first.");
    public static readonly Refusal NotAskedAnew = new(RefusalKind.Unknown, "access.openid-not-asked-anew",
        "The provider did not ask you anew with two factors, or it was another account.");
    public static readonly Refusal Unreachable = new(RefusalKind.NotReady, "access.openid-unreachable",
        "The identity provider does not answer; sign in another way, or try again.");
    public static readonly Refusal Failed = new(RefusalKind.Unknown, "access.openid-failed",
        "The provider sent you back without a sign-in, or the way took too long; begin again.");
}
