using System.Collections.Concurrent;
using System.Collections.Frozen;
using Amana.Server.Foundation;
using Microsoft.AspNetCore.Authentication;
using OpenIddict.Abstractions;
using OpenIddict.Validation.AspNetCore;

namespace Amana.Server.Access.Machines;

/// <summary>Reads access tokens that <see cref="IssueAccess"/> gave. The client behind one is looked at each time as if it had shown its
/// secret, so that ending it ends what it was given.</summary>
internal sealed class AccessTokens(KnownTokens tokens, TimeProvider clock)
{
    private const int Most = 10_000;
    private readonly ConcurrentDictionary<string, Read> _read = new(StringComparer.Ordinal);

    private sealed record Read(string Client, FrozenSet<Right> Scopes, DateTimeOffset EndsAt);

    /// <summary>Whether it looks like one: a sealed JSON web token.</summary>
    public static bool IsOne(string secret) => secret.StartsWith("eyJ", StringComparison.Ordinal);

    public async Task<Result<KnownTokens.Known>> FindAsync(HttpContext http, string token)
    {
        string hash = ApiToken.HashOf(token);
        if (!_read.TryGetValue(hash, out var read))
        {
            read = await ReadAsync(http);
            if (read is null) return AccessRefusals.AccessOver;
            if (_read.Count >= Most) _read.Clear();
            _read[hash] = read;
        }

        if (read.EndsAt <= clock.GetUtcNow()) return AccessRefusals.AccessOver;
        var found = await tokens.FindByKeyAsync(read.Client, http.RequestAborted);
        if (!found.Succeeded(out var client, out var refusal)) return refusal;
        return client with { Rights = client.Rights.Intersect(read.Scopes).ToFrozenSet() };
    }

    private static async Task<Read?> ReadAsync(HttpContext http)
    {
        var answer = await http.AuthenticateAsync(OpenIddictValidationAspNetCoreDefaults.AuthenticationScheme);
        if (answer.Principal is not { } principal || principal.GetClaim(OpenIddictConstants.Claims.Subject) is not { } client) return null;
        var scopes = principal.GetScopes().Select(s => RightWords.TryParse(s, out var right) ? right : (Right?)null).OfType<Right>();
        return new(client, scopes.ToFrozenSet(), principal.GetExpirationDate() ?? default);
    }
}
