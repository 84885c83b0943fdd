using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Amana.Server.Access.Passkeys;

/// <summary>What the script of the pages asks (options, as JSON), and where its forms post the browser's answer. A form that fails goes back
/// with <c>?refused=CODE</c>.</summary>
internal static class PasskeyApi
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        var forms = routes.MapGroup("/access/passkey").ExcludeFromDescription();
        forms.MapPost("/options", PostOptions).AllowAnonymous();
        forms.MapPost("/sign-in", PostSignIn).AllowAnonymous();
        forms.MapPost("/new", PostNew).RequireAuthorization(Doors.SignedIn);
        forms.MapPost("/add", PostAdd).RequireAuthorization(Doors.SignedIn);
        forms.MapPost("/prove", PostProve).RequireAuthorization(Doors.SignedIn);
    }

    /// <summary>Options of <c>navigator.credentials.get</c>.</summary>
    internal static async Task<ContentHttpResult> PostOptions(HttpContext http, PasskeyProof proof) =>
        TypedResults.Content(await proof.AskForKnownAsync(null, http), "application/json");

    /// <summary>Options of <c>navigator.credentials.create</c>, for the own account.</summary>
    internal static async Task<Results<ContentHttpResult, ProblemHttpResult>> PostNew(HttpContext http, AddPasskey add, Caller caller, CancellationToken cancel) =>
        (await add.AskAsync(http, caller, cancel)).Succeeded(out string? options, out var refusal)
            ? TypedResults.Content(options, "application/json")
            : Foundation.Problems.ToProblem(refusal);

    /// <summary>Form: <c>answer</c>, <c>return</c>. Goes to <c>return</c> or back.</summary>
    internal static async Task<IResult> PostSignIn(HttpContext http, SignInWithPasskey signIn, IAntiforgery antiforgery, CancellationToken cancel)
    {
        if (await SignInForms.ReadAsync(http, antiforgery, cancel) is not { } form) return SignInForms.Back("/sign-in", AccessRefusals.FormStale, "/");
        string target = SignInForms.LocalOnly(form["return"]);
        var result = await signIn.RunAsync(new(form["answer"], http, SignInForms.NetworkOf(http), SignInForms.DeviceOf(http)), cancel);
        if (!result.Succeeded(out var session, out var refusal)) return SignInForms.Back("/sign-in", refusal, target);
        await Sessions.OpenAsync(http, session);
        return Results.LocalRedirect(target);
    }

    /// <summary>Form: <c>answer</c>, <c>name</c>. Goes to the profile.</summary>
    internal static async Task<IResult> PostAdd(HttpContext http, AddPasskey add, Caller caller, IAntiforgery antiforgery, CancellationToken cancel)
    {
        if (await SignInForms.ReadAsync(http, antiforgery, cancel) is not { } form) return SignInForms.Back("/profile", AccessRefusals.FormStale, "/profile");
        var refused = await add.RunAsync(new(form["name"], form["answer"], http), caller, cancel);
        return refused is null ? Results.LocalRedirect("/profile#passkeys") : SignInForms.Back("/profile", refused, "/profile");
    }

    /// <summary>Form: <c>answer</c>, or <c>password</c> and <c>code</c>; <c>return</c>. Goes to <c>return</c> or back.</summary>
    internal static async Task<IResult> PostProve(HttpContext http, ProveAgain prove, Caller caller, IAntiforgery antiforgery, CancellationToken cancel)
    {
        if (await SignInForms.ReadAsync(http, antiforgery, cancel) is not { } form) return SignInForms.Back("/sign-in/again", AccessRefusals.FormStale, "/");
        string target = SignInForms.LocalOnly(form["return"]);
        string? answer = string.IsNullOrEmpty(form["answer"]) ? null : form["answer"].ToString();
        var refused = await prove.RunAsync(new(answer, form["password"], form["code"], http, SignInForms.NetworkOf(http)), caller, cancel);
        return refused is null ? Results.LocalRedirect(target) : SignInForms.Back("/sign-in/again", refused, target);
    }
}
