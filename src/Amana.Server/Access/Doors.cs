using System.Text;
using Amana.Server.Data;
using Amana.Server.Foundation;
using Amana.Server.Journal;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Authorization.Policy;

namespace Amana.Server.Access;

/// <summary>Which rule stands before each address: one policy a right, and none means closed.</summary>
internal static class Doors
{
    /// <summary>For addresses that everyone who is signed in may open: one's own profile.</summary>
    public const string SignedIn = "SignedIn";

    public static void Add(AuthorizationOptions options)
    {
        foreach (var right in Enum.GetValues<Right>())
        {
            options.AddPolicy(right.ToString(), policy => policy.RequireAuthenticatedUser()
                .RequireAssertion(context => context.Resource is HttpContext http && http.FindCaller()?.Has(right) is true));
        }

        options.AddPolicy(SignedIn, policy => policy.RequireAuthenticatedUser());
        options.DefaultPolicy = options.GetPolicy(SignedIn)!;
        // What the routing itself answers (404, 405, 415) is no route of ours and needs no rule.
        options.FallbackPolicy = new AuthorizationPolicyBuilder()
            .RequireAssertion(context => context.Resource is HttpContext http && http.GetEndpoint() is not RouteEndpoint).Build();
    }

    /// <summary>Routes that the framework adds beside ours and that hold nothing: files that are not there, and the way
    /// back from a redirect of a page that is already half sent.</summary>
    internal static bool IsOfFramework(Endpoint? endpoint) =>
        endpoint is RouteEndpoint { RoutePattern.RawText: "{**path:file}" or "/_framework/opaque-redirect" or "_framework/opaque-redirect" };

    /// <summary>Refusals in words: 401 with the reason, 403 journaled; people without a session are sent to sign in.</summary>
    internal sealed class Answers : IAuthorizationMiddlewareResultHandler
    {
        public async Task HandleAsync(RequestDelegate next, HttpContext context, AuthorizationPolicy policy, PolicyAuthorizationResult authorizeResult)
        {
            if (authorizeResult.Succeeded)
            {
                if (CrossesSites(context)) await RefuseAsync(context, AccessRefusals.OtherSite);
                else await next(context);
                return;
            }

            bool hasRule = context.GetEndpoint()?.Metadata.GetMetadata<IAuthorizeData>() is not null;
            if (context.FindCaller() is null && hasRule)
            {
                await ChallengeAsync(context);
                return;
            }

            if (IsOfFramework(context.GetEndpoint()))
            {
                context.Response.StatusCode = 404;
                return;
            }

            string? asked = context.GetEndpoint()?.Metadata.GetMetadata<IAuthorizeData>()?.Policy; // the last one, the closest to the route
            var refusal = Enum.TryParse(asked, out Right right) ? AccessRefusals.Forbidden(right) : AccessRefusals.RouteWithoutRule;
            await RefuseAsync(context, refusal);
        }

        private static async Task ChallengeAsync(HttpContext context)
        {
            if (ErrorAnswers.WantsPage(context) && HttpMethods.IsGet(context.Request.Method))
            {
                context.Response.Redirect("/sign-in?return=" + Uri.EscapeDataString(context.Request.Path + context.Request.QueryString));
                return;
            }

            context.Response.Headers.WWWAuthenticate = "Bearer";
            await ErrorAnswers.WriteAsync(context, context.Features.Get<SignInRefused>()?.Refusal ?? AccessRefusals.NotSignedIn);
        }

        private static async Task RefuseAsync(HttpContext context, Refusal refusal)
        {
            if (context.FindCaller() is { } caller)
            {
                string? route = (context.GetEndpoint() as RouteEndpoint)?.RoutePattern.RawText;
                context.RequestServices.GetRequiredService<JournalWriter>()
                    .Record(caller.Actor, "access.refused", details: new { route, context.Request.Method, refusal.Code });
                await context.RequestServices.GetRequiredService<AmanaDb>().SaveChangesAsync(context.RequestAborted);
            }

            // A page for people: the body is written by the page of the status code.
            if (ErrorAnswers.WantsPage(context))
            {
                context.Features.Set(refusal);
                context.Response.StatusCode = Problems.StatusOf(refusal.Kind);
                return;
            }

            await ErrorAnswers.WriteAsync(context, refusal);
        }

        // Forms of pages carry an antiforgery token; calls to the API from a browser session carry where they come from.
        private static bool CrossesSites(HttpContext context)
        {
            var request = context.Request;
            if (HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method) || request.Headers.Authorization.Count > 0) return false;
            if (context.FindCaller() is null) return false;
            string site = request.Headers["Sec-Fetch-Site"].ToString();
            if (site.Length > 0) return site is not ("same-origin" or "none");
            string origin = request.Headers.Origin.ToString();
            return origin.Length > 0 && !origin.Equals($"{request.Scheme}://{request.Host}", StringComparison.OrdinalIgnoreCase);
        }
    }
}
