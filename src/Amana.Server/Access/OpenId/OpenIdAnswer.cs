using Amana.Server.Foundation;
using Microsoft.AspNetCore.Authentication;

namespace Amana.Server.Access.OpenId;

/// <summary>The browser is back from the provider with a proof: on with the errand it was sent on.</summary>
internal static class OpenIdAnswer
{
    public static async Task TakeAsync(TicketReceivedContext context)
    {
        var http = context.HttpContext;
        context.HandleResponse();
        var answer = await OnAsync(http, context.Principal is { } principal ? OpenIdProof.Of(principal, http.RequestServices.GetRequiredService<OpenIdOptions>()) : null, context.Properties);
        await answer.ExecuteAsync(http);
    }

    private static async Task<IResult> OnAsync(HttpContext http, OpenIdProof? proof, AuthenticationProperties? sent)
    {
        if (proof is null || sent is null || !Enum.TryParse(Item(sent, OpenIdSignIn.ErrandItem), out OpenIdErrand errand)) return SignInForms.Back("/sign-in", OpenIdRefusals.Failed, "/");
        string target = SignInForms.LocalOnly(Item(sent, OpenIdSignIn.ReturnItem));
        return errand switch
        {
            OpenIdErrand.Join => await JoinAsync(http, proof, sent, target),
            OpenIdErrand.Link => await LinkAsync(http, proof),
            OpenIdErrand.Prove => await ProveAsync(http, proof, target),
            _ => await SignInAsync(http, proof, target),
        };
    }

    private static async Task<IResult> SignInAsync(HttpContext http, OpenIdProof proof, string target)
    {
        var act = http.RequestServices.GetRequiredService<SignInWithOpenId>();
        var result = await act.RunAsync(new(proof, SignInForms.NetworkOf(http), SignInForms.DeviceOf(http)), http.RequestAborted);
        if (!result.Succeeded(out var outcome, out var refusal)) return SignInForms.Back("/sign-in", refusal, target);
        return await Sessions.LetInAsync(http, outcome, target);
    }

    private static async Task<IResult> JoinAsync(HttpContext http, OpenIdProof proof, AuthenticationProperties sent, string target)
    {
        if (!Enum.TryParse(Item(sent, OpenIdSignIn.LinkKindItem), out LinkKind kind)) return SignInForms.Back("/sign-in", AccessRefusals.LinkOver, target);
        var act = http.RequestServices.GetRequiredService<JoinWithOpenId>();
        var result = await act.RunAsync(new(Item(sent, OpenIdSignIn.KeyItem), kind, proof, SignInForms.DeviceOf(http)), http.RequestAborted);
        if (!result.Succeeded(out var session, out var refusal)) return SignInForms.Back("/sign-in", refusal, target);
        await Sessions.OpenAsync(http, session);
        return Results.LocalRedirect(target);
    }

    private static async Task<IResult> LinkAsync(HttpContext http, OpenIdProof proof)
    {
        var refusal = await CallerAsync(http) is { } caller
            ? await http.RequestServices.GetRequiredService<LinkOpenId>().RunAsync(new(proof), caller, http.RequestAborted)
            : AccessRefusals.SessionOver;
        return refusal is null ? Results.LocalRedirect("/profile#openid") : SignInForms.Back("/profile", refusal, "/profile");
    }

    private static async Task<IResult> ProveAsync(HttpContext http, OpenIdProof proof, string target)
    {
        var refusal = await CallerAsync(http) is { } caller
            ? await http.RequestServices.GetRequiredService<ProveWithOpenId>().RunAsync(new(proof, SignInForms.NetworkOf(http)), caller, http.RequestAborted)
            : AccessRefusals.SessionOver;
        return refusal is null ? Results.LocalRedirect(target) : SignInForms.Back("/sign-in/again", refusal, target);
    }

    // This answer comes before the sign-in of the request was looked at.
    private static async Task<Caller?> CallerAsync(HttpContext http) =>
        (await http.AuthenticateAsync(Sessions.Whole)).Succeeded ? http.FindCaller() : null;

    private static string? Item(AuthenticationProperties sent, string name) => sent.Items.TryGetValue(name, out string? value) ? value : null;
}
