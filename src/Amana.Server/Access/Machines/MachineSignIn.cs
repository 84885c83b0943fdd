using Amana.Server.Keys;
using Microsoft.Extensions.Options;
using OpenIddict.Server;
using OpenIddict.Validation;
using static OpenIddict.Server.OpenIddictServerEvents;

namespace Amana.Server.Access.Machines;

/// <summary>OAuth 2 client credentials (RFC 6749, 4.4) by OpenIddict: the protocol is its, who may come and what for is
/// <see cref="IssueAccess"/>'s. There is no table of clients: the tokens of <see cref="ApiToken"/> are the clients.</summary>
internal static class MachineSignIn
{
    public const string TokenPath = "/connect/token";
    public static readonly TimeSpan AccessLasts = TimeSpan.FromMinutes(15);

    public static void Add(IServiceCollection services)
    {
        services.AddScoped<IssueAccess>().AddSingleton<AccessTokens>();
        services.AddOpenIddict()
            .AddServer(server =>
            {
                server.EnableDegradedMode(); // no stores of its own
                server.AllowClientCredentialsFlow().SetTokenEndpointUris(TokenPath);
                server.SetConfigurationEndpointUris("/.well-known/openid-configuration", "/.well-known/oauth-authorization-server");
                server.SetAccessTokenLifetime(AccessLasts).RegisterScopes([.. RightWords.All]);
                // The client is looked at in our own route, which stands behind the limits of pace.
                server.AddEventHandler<ValidateTokenRequestContext>(handler => handler.UseInlineHandler(_ => default));
                // TLS ends at the reverse proxy, or the request never leaves this machine.
                server.UseAspNetCore().EnableTokenEndpointPassthrough().DisableTransportSecurityRequirement();
            })
            .AddValidation(validation =>
            {
                validation.UseLocalServer();
                validation.UseAspNetCore();
                // Sealed and signed with keys that no other server has; and one server is reached under several addresses.
                validation.Configure(options => options.TokenValidationParameters.IssuerValidator = (issuer, _, _) => issuer);
            });
        services.AddOptions<OpenIddictServerOptions>().Configure<KeyFolder>((server, keys) =>
        {
            server.SigningCredentials.Add(new(OAuthKeys.Signing(keys), Microsoft.IdentityModel.Tokens.SecurityAlgorithms.EcdsaSha256));
            server.EncryptionCredentials.Add(new(
                OAuthKeys.Sealing(keys), Microsoft.IdentityModel.Tokens.SecurityAlgorithms.Aes256KW, Microsoft.IdentityModel.Tokens.SecurityAlgorithms.Aes256CbcHmacSha512));
        });
    }
}
