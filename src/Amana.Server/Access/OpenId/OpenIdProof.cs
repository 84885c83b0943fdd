using System.Globalization;
using System.Security.Claims;

namespace Amana.Server.Access.OpenId;

/// <summary>What the provider has said, its signature checked.</summary>
/// <param name="Issuer">Of the token; with <paramref name="Subject"/> it names one person for good (OpenID Connect Core 1.0, 5.7).</param>
/// <param name="TwoFactors">Whether the person showed two factors there.</param>
/// <param name="ProvedAt">When the person was asked last; null when the provider does not say.</param>
internal sealed record OpenIdProof(string Issuer, string Subject, bool TwoFactors, DateTimeOffset? ProvedAt)
{
    private const int Longest = 255; // of a subject: OpenID Connect Core 1.0, 2

    /// <summary>Null when issuer or subject is missing or too long.</summary>
    public static OpenIdProof? Of(ClaimsPrincipal? principal, OpenIdOptions options)
    {
        if (principal?.FindFirstValue("iss") is not { Length: > 0 and <= Longest } issuer || principal.FindFirstValue("sub") is not { Length: > 0 and <= Longest } subject) return null;
        string[] enough = options.TwoFactors.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        bool two = principal.Claims.Any(c => c.Type is "amr" or "acr" && enough.Contains(c.Value, StringComparer.Ordinal));
        bool timed = long.TryParse(principal.FindFirstValue("auth_time"), NumberStyles.None, CultureInfo.InvariantCulture, out long seconds) && seconds < 100_000_000_000;
        return new(issuer, subject, two, timed ? DateTimeOffset.FromUnixTimeSeconds(seconds) : null);
    }
}

/// <summary>What somebody was sent to the provider for.</summary>
internal enum OpenIdErrand
{
    /// <summary>To sign in.</summary>
    SignIn,
    /// <summary>To take up an invitation.</summary>
    Join,
    /// <summary>To link the account there with the own account here.</summary>
    Link,
    /// <summary>To prove to be there still.</summary>
    Prove,
}
