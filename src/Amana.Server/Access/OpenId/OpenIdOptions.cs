using System.ComponentModel.DataAnnotations;
using System.Diagnostics.CodeAnalysis;

namespace Amana.Server.Access.OpenId;

/// <summary>A country's own identity provider (OpenID Connect Core 1.0). Set by the operator in the section <c>OpenId</c>, or as
/// <c>AMANA_OpenId__NAME</c> in the environment. Without <see cref="Authority"/> there is none.</summary>
internal sealed class OpenIdOptions
{
    /// <summary>Where the provider publishes <c>.well-known/openid-configuration</c>: https, or http on this machine.</summary>
    public string? Authority { get; init; }
    public string? ClientId { get; init; }
    public string? ClientSecret { get; init; }

    /// <summary>A file whose first line is the secret, for those who keep none in the environment.</summary>
    public string? ClientSecretFile { get; init; }

    /// <summary>As people know it, for the button: "Ministry of the Interior".</summary>
    [MaxLength(80)] public string? Name { get; init; }

    /// <summary>Values of <c>amr</c> (RFC 8176) or <c>acr</c> that say that two factors were shown, with spaces between.</summary>
    public string TwoFactors { get; init; } = "mfa";

    [MemberNotNullWhen(true, nameof(Authority))]
    public bool IsOn => !string.IsNullOrWhiteSpace(Authority);

    public string ShownName => string.IsNullOrWhiteSpace(Name) ? new Uri(Authority!).Host : Name;

    public static OpenIdOptions Read(IConfiguration configuration) =>
        new ConfigurationBuilder().AddConfiguration(configuration).AddEnvironmentVariables("AMANA_").Build().GetSection("OpenId").Get<OpenIdOptions>() ?? new();

    /// <summary>What is wrong, in a sentence; null when it can be used, or is off.</summary>
    public string? Wrong()
    {
        if (!IsOn) return null;
        if (!Uri.TryCreate(Authority, UriKind.Absolute, out var address) || (address.Scheme != Uri.UriSchemeHttps && !(address.Scheme == Uri.UriSchemeHttp && address.IsLoopback)))
        {
            return "OpenId: Authority is an address with https, such as https://id.interior.example.";
        }

        if (string.IsNullOrWhiteSpace(ClientId)) return "OpenId: ClientId is missing.";
        if (ClientSecretFile is not null && !File.Exists(ClientSecretFile)) return "OpenId: there is no file ClientSecretFile.";
        return SecretNow() is { Length: > 0 } ? null : "OpenId: ClientSecret or ClientSecretFile is missing.";
    }

    public string? SecretNow() => ClientSecretFile is null ? ClientSecret : File.ReadLines(ClientSecretFile).FirstOrDefault()?.Trim();
}
