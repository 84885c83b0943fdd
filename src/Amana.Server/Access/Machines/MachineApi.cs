using System.Security.Claims;
using Amana.Server.Foundation;
using Microsoft.AspNetCore;
using Microsoft.AspNetCore.Authentication;
using OpenIddict.Abstractions;
using OpenIddict.Server.AspNetCore;

namespace Amana.Server.Access.Machines;

/// <summary><c>POST /connect/token</c>, in the forms of RFC 6749: <c>grant_type=client_credentials</c>, the client's id and secret as
/// HTTP Basic or as <c>client_id</c> and <c>client_secret</c>, and <c>scope</c>.</summary>
internal static class MachineApi
{
    public static void Map(IEndpointRouteBuilder routes) => routes.MapPost(MachineSignIn.TokenPath, PostToken).AllowAnonymous().ExcludeFromDescription();

    /// <summary>The access token as JSON, or an error of RFC 6749, 5.2: <c>invalid_client</c>, <c>invalid_scope</c>.</summary>
    internal static async Task<IResult> PostToken(HttpContext http, IssueAccess issue, CancellationToken cancel)
    {
        if (http.GetOpenIddictServerRequest() is not { } asked) return AccessRefusals.ClientUnknown.ToProblem();
        var result = await issue.RunAsync(new(asked.ClientId, asked.ClientSecret, asked.GetScopes(), SignInForms.NetworkOf(http)), cancel);
        if (!result.Succeeded(out var access, out var refusal)) return Refuse(refusal);

        var identity = new ClaimsIdentity(OpenIddictServerAspNetCoreDefaults.AuthenticationScheme);
        identity.SetClaim(OpenIddictConstants.Claims.Subject, access.Client).SetScopes([.. access.Scopes]);
        return Results.SignIn(new ClaimsPrincipal(identity), authenticationScheme: OpenIddictServerAspNetCoreDefaults.AuthenticationScheme);
    }

    private static IResult Refuse(Refusal refusal) => Results.Forbid(
        new AuthenticationProperties(new Dictionary<string, string?>(StringComparer.Ordinal)
        {
            [OpenIddictServerAspNetCoreConstants.Properties.Error] =
                refusal.Field == "scope" ? OpenIddictConstants.Errors.InvalidScope : OpenIddictConstants.Errors.InvalidClient,
            [OpenIddictServerAspNetCoreConstants.Properties.ErrorDescription] = $"{refusal.Code}: {refusal.Detail}",
        }),
        [OpenIddictServerAspNetCoreDefaults.AuthenticationScheme]);
}
