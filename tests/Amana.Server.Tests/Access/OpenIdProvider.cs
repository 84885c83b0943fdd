using System.Security.Claims;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using OpenIddict.Abstractions;
using OpenIddict.Server.AspNetCore;
using static OpenIddict.Server.OpenIddictServerEvents;

namespace Amana.Server.Tests.Access;

/// <summary>A ministry's identity provider: OpenIddict's, which asks nobody and says what the test tells it to say.</summary>
internal sealed class OpenIdProvider : IAsyncDisposable
{
    public const string Client = "amana", Secret = "a secret between the two";
    private readonly WebApplication _app;

    private OpenIdProvider(WebApplication app) => _app = app;

    public string Address => _app.Urls.First().TrimEnd('/');
    public string Subject { get; set; } = "citizen-1";
    public string[] Factors { get; set; } = ["pwd", "mfa"];
    public DateTimeOffset AskedAt { get; set; } = DateTimeOffset.UtcNow;
    /// <summary>The parameters of the last way there.</summary>
    public IQueryCollection Asked { get; private set; } = new QueryCollection();

    public static async Task<OpenIdProvider> StartAsync()
    {
        var builder = WebApplication.CreateEmptyBuilder(new());
        builder.WebHost.UseKestrelCore().UseUrls("http://127.0.0.1:0");
        builder.Logging.SetMinimumLevel(LogLevel.None);
        builder.Services.AddRouting().AddAuthentication();
        builder.Services.AddOpenIddict().AddServer(server =>
        {
            server.EnableDegradedMode().AllowAuthorizationCodeFlow().RequireProofKeyForCodeExchange();
            server.SetAuthorizationEndpointUris("/authorize").SetTokenEndpointUris("/token");
            server.AddEphemeralEncryptionKey().AddEphemeralSigningKey();
            server.AddEventHandler<ValidateAuthorizationRequestContext>(h => h.UseInlineHandler(context =>
            {
                if (context.ClientId != Client) context.Reject("invalid_client");
                return default;
            }));
            server.AddEventHandler<ValidateTokenRequestContext>(h => h.UseInlineHandler(context =>
            {
                if (context.ClientId != Client || context.ClientSecret != Secret) context.Reject("invalid_client");
                return default;
            }));
            server.UseAspNetCore().EnableAuthorizationEndpointPassthrough().DisableTransportSecurityRequirement();
        });
        var app = builder.Build();
        var provider = new OpenIdProvider(app);
        app.UseRouting();
        app.UseAuthentication();
        app.MapGet("/authorize", provider.Authorize);
        await app.StartAsync();
        return provider;
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private IResult Authorize(HttpContext http)
    {
        Asked = http.Request.Query;
        var identity = new ClaimsIdentity(OpenIddictServerAspNetCoreDefaults.AuthenticationScheme);
        identity.SetClaim(OpenIddictConstants.Claims.Subject, Subject).SetClaim("auth_time", AskedAt.ToUnixTimeSeconds()).SetScopes("openid");
        identity.SetClaims("amr", [.. Factors]);
        identity.SetDestinations(_ => [OpenIddictConstants.Destinations.IdentityToken]);
        return Results.SignIn(new ClaimsPrincipal(identity), authenticationScheme: OpenIddictServerAspNetCoreDefaults.AuthenticationScheme);
    }
}
