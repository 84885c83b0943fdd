using Amana.Server.Foundation;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Authentication;

namespace Amana.Server.Access;

/// <summary>Where the forms of the sign-in pages post to. Each answers with a redirect, so that plain forms work and
/// "back" does not post again; a refusal comes back to the page as <c>?refused=CODE</c>.</summary>
internal static class SignInApi
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        var forms = routes.MapGroup("/access").AllowAnonymous().ExcludeFromDescription();
        forms.MapPost("/sign-in", PostSignIn);
        forms.MapPost("/second-step", PostSecondStep);
        forms.MapPost("/sign-out", PostSignOut);
    }

    /// <summary>Form: <c>userName</c>, <c>password</c>, <c>return</c>. Goes to <c>return</c>, to <c>/sign-in/second-step</c>, or back.</summary>
    internal static async Task<IResult> PostSignIn(HttpContext http, SignIn signIn, IAntiforgery antiforgery, CancellationToken cancel)
    {
        if (await SignInForms.ReadAsync(http, antiforgery, cancel) is not { } form) return SignInForms.Back("/sign-in", AccessRefusals.FormStale, "/");
        string target = SignInForms.LocalOnly(form["return"]);
        var result = await signIn.RunAsync(new(form["userName"], form["password"], SignInForms.NetworkOf(http), SignInForms.DeviceOf(http)), cancel);
        if (!result.Succeeded(out var outcome, out var refusal)) return SignInForms.Back("/sign-in", refusal, target);
        return await Sessions.LetInAsync(http, outcome, target);
    }

    /// <summary>Form: <c>code</c>, <c>return</c>. Goes to <c>return</c> or back.</summary>
    internal static async Task<IResult> PostSecondStep(HttpContext http, ConfirmSignIn confirm, IAntiforgery antiforgery, CancellationToken cancel)
    {
        if (await SignInForms.ReadAsync(http, antiforgery, cancel) is not { } form) return SignInForms.Back("/sign-in/second-step", AccessRefusals.FormStale, "/");
        string target = SignInForms.LocalOnly(form["return"]);
        if (await Sessions.FindHalfAsync(http) is not { } half) return SignInForms.Back("/sign-in", AccessRefusals.SignInOver, target);
        var result = await confirm.RunAsync(new(half.Person, half.Stamp, form["code"], SignInForms.NetworkOf(http), SignInForms.DeviceOf(http)), cancel);
        if (!result.Succeeded(out var session, out var refusal))
        {
            return SignInForms.Back(refusal.Code == AccessRefusals.SignInOver.Code ? "/sign-in" : "/sign-in/second-step", refusal, target);
        }

        await http.SignOutAsync(Sessions.Half);
        await Sessions.OpenAsync(http, session);
        return Results.LocalRedirect(target);
    }

    /// <summary>Ends this session and goes to <c>/sign-in</c>.</summary>
    internal static async Task<IResult> PostSignOut(HttpContext http, SignOut signOut, Caller caller, IAntiforgery antiforgery, CancellationToken cancel)
    {
        if (await SignInForms.ReadAsync(http, antiforgery, cancel) is null) return Results.LocalRedirect("/");
        await signOut.RunAsync(caller, cancel);
        await http.SignOutAsync(Sessions.Whole);
        return Results.LocalRedirect("/sign-in");
    }
}
