using Amana.Server.Foundation;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.OpenIdConnect;
using Microsoft.AspNetCore.DataProtection;

namespace Amana.Server.Access.OpenId;

/// <summary>Links that lead to the provider. They are links and not forms: a page of ours may send forms to nobody but this server.</summary>
internal static class OpenIdApi
{
    private static readonly TimeSpan TicketLasts = TimeSpan.FromMinutes(15);

    public static void Map(IEndpointRouteBuilder routes)
    {
        if (!routes.ServiceProvider.GetRequiredService<OpenIdOptions>().IsOn) return;
        var links = routes.MapGroup("/access/openid").ExcludeFromDescription();
        links.MapGet("", GoSignIn).AllowAnonymous();
        links.MapGet("/join", GoJoin).AllowAnonymous();
        links.MapGet("/link", GoLink).RequireAuthorization(Doors.SignedIn);
        links.MapGet("/prove", GoProve).RequireAuthorization(Doors.SignedIn);
        links.MapPost("/unlink", PostUnlink).RequireAuthorization(Doors.SignedIn);
    }

    /// <summary>What a page of ours puts into its link to <c>/link</c>, so that no other site can lead anybody there.</summary>
    public static string TicketOf(IDataProtectionProvider protection, Caller caller) =>
        Protector(protection).Protect(caller.Session?.ToString() ?? "", TicketLasts);

    internal static Task<IResult> GoSignIn(string? @return, HttpContext http) => GoAsync(http, OpenIdErrand.SignIn, SignInForms.LocalOnly(@return));

    internal static Task<IResult> GoJoin(string? key, LinkKind? kind, HttpContext http)
    {
        var sent = Sent(OpenIdErrand.Join, "/");
        sent.Items[OpenIdSignIn.KeyItem] = key is { Length: < 100 } ? key : "";
        sent.Items[OpenIdSignIn.LinkKindItem] = (kind ?? LinkKind.Invitation).ToString();
        return GoAsync(http, sent, "/sign-in");
    }

    internal static Task<IResult> GoLink(string? ticket, HttpContext http, Caller caller, IDataProtectionProvider protection, Gate gate)
    {
        if (gate.CheckFresh(caller) is { } stale) return Task.FromResult(SignInForms.Back("/sign-in/again", stale, "/profile"));
        return Opens(ticket, caller, protection)
            ? GoAsync(http, Sent(OpenIdErrand.Link, "/profile"), "/profile")
            : Task.FromResult(SignInForms.Back("/profile", AccessRefusals.FormStale, "/profile"));
    }

    internal static Task<IResult> GoProve(string? @return, HttpContext http)
    {
        var sent = Sent(OpenIdErrand.Prove, SignInForms.LocalOnly(@return));
        sent.MaxAge = TimeSpan.Zero;
        sent.Prompt = "login";
        return GoAsync(http, sent, "/sign-in/again");
    }

    /// <summary>Form: nothing. Goes to the profile.</summary>
    internal static async Task<IResult> PostUnlink(HttpContext http, LinkOpenId link, Caller caller, IAntiforgery antiforgery, CancellationToken cancel)
    {
        if (await SignInForms.ReadAsync(http, antiforgery, cancel) is null) return SignInForms.Back("/profile", AccessRefusals.FormStale, "/profile");
        return await link.RunAsync(new(null), caller, cancel) is { } refusal
            ? SignInForms.Back(refusal.Code == AccessRefusals.ProveAgain.Code ? "/sign-in/again" : "/profile", refusal, "/profile")
            : Results.LocalRedirect("/profile#openid");
    }

    private static Task<IResult> GoAsync(HttpContext http, OpenIdErrand errand, string target) => GoAsync(http, Sent(errand, target), "/sign-in");

    private static async Task<IResult> GoAsync(HttpContext http, OpenIdConnectChallengeProperties sent, string backTo)
    {
        try
        {
            await http.ChallengeAsync(OpenIdSignIn.Scheme, sent);
            return Results.Empty;
        }
        // What the provider publishes could not be read: no network, no such host, no answer in time, not JSON.
        catch (Exception e) when (e is InvalidOperationException or HttpRequestException or IOException or TaskCanceledException && !http.Response.HasStarted)
        {
            return SignInForms.Back(backTo, OpenIdRefusals.Unreachable, sent.Items[OpenIdSignIn.ReturnItem]!);
        }
    }

    private static OpenIdConnectChallengeProperties Sent(OpenIdErrand errand, string target)
    {
        var sent = new OpenIdConnectChallengeProperties();
        sent.Items[OpenIdSignIn.ErrandItem] = errand.ToString();
        sent.Items[OpenIdSignIn.ReturnItem] = target;
        return sent;
    }

    private static bool Opens(string? ticket, Caller caller, IDataProtectionProvider protection)
    {
        try
        {
            return caller.Session is { } session && Protector(protection).Unprotect(ticket ?? "") == session.ToString();
        }
        catch (System.Security.Cryptography.CryptographicException)
        {
            return false;
        }
    }

    private static ITimeLimitedDataProtector Protector(IDataProtectionProvider protection) =>
        protection.CreateProtector("openid-link").ToTimeLimitedDataProtector();
}
