using Amana.Server.Foundation;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.OpenIdConnect;
using Microsoft.Extensions.Options;

namespace Amana.Server.Access.OpenId;

/// <summary>The way to the provider and back: code flow with PKCE, by ASP.NET Core's own handler. What the answer means for the person is
/// decided by the acts of this folder.</summary>
internal static class OpenIdSignIn
{
    public const string Scheme = "openid";
    public const string CallbackPath = "/access/openid/callback";
    internal const string ErrandItem = "errand", ReturnItem = "back", KeyItem = "link", LinkKindItem = "kind";

    /// <exception cref="OptionsValidationException">The settings cannot be used.</exception>
    public static void Add(IServiceCollection services, IConfiguration configuration, AuthenticationBuilder authentication)
    {
        var options = OpenIdOptions.Read(configuration);
        if (options.Wrong() is { } wrong) throw new OptionsValidationException("OpenId", typeof(OpenIdOptions), [wrong]);
        services.AddSingleton(options).AddScoped<OpenIdAccounts>();
        services.AddScoped<SignInWithOpenId>().AddScoped<JoinWithOpenId>().AddScoped<LinkOpenId>().AddScoped<ProveWithOpenId>();
        if (options.IsOn) authentication.AddOpenIdConnect(Scheme, openId => Configure(openId, options));
    }

    private static void Configure(OpenIdConnectOptions openId, OpenIdOptions options)
    {
        openId.Authority = options.Authority;
        openId.ClientId = options.ClientId;
        openId.ClientSecret = options.SecretNow();
        openId.RequireHttpsMetadata = !new Uri(options.Authority!).IsLoopback;
        openId.CallbackPath = CallbackPath;
        openId.SignInScheme = Sessions.Half; // never used: the answer ends in OpenIdAnswer
        openId.ResponseType = "code";
        openId.ResponseMode = "query"; // a plain link back, so that our cookies need not be open to other sites
        openId.UsePkce = true;
        openId.Scope.Clear();
        openId.Scope.Add("openid");
        openId.MapInboundClaims = false;
        openId.ClaimActions.Clear();
        openId.SaveTokens = false;
        openId.GetClaimsFromUserInfoEndpoint = false;
        openId.SkipUnrecognizedRequests = true;
        openId.BackchannelTimeout = TimeSpan.FromSeconds(30); // a slow line; who waits sees the page load
        openId.RemoteAuthenticationTimeout = TimeSpan.FromMinutes(10);
        foreach (var cookie in new[] { openId.CorrelationCookie, openId.NonceCookie })
        {
            cookie.SameSite = SameSiteMode.Lax;
            cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
        }

        openId.Events.OnTicketReceived = OpenIdAnswer.TakeAsync;
        openId.Events.OnRemoteFailure = context =>
        {
            context.HandleResponse();
            return SignInForms.Back("/sign-in", OpenIdRefusals.Failed, "/").ExecuteAsync(context.HttpContext);
        };
    }
}
