using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.DataProtection;

namespace Amana.Server.Access.Passkeys;

/// <summary>Keeps what the browser was asked to sign, in a sealed cookie of five minutes, and takes each answer once.</summary>
internal sealed class PasskeyChallenges(IDataProtectionProvider protection, TimeProvider clock)
{
    public static readonly TimeSpan Lasts = TimeSpan.FromMinutes(5);
    private const string Cookie = "amana-passkey", Under = "/access/passkey";

    private readonly ITimeLimitedDataProtector _sealer = protection.CreateProtector("passkey-challenge").ToTimeLimitedDataProtector();
    private readonly ConcurrentDictionary<string, DateTimeOffset> _used = new(StringComparer.Ordinal);

    /// <param name="use">What the answer is for: an answer to one kind of question is none to another.</param>
    public void Ask(HttpContext http, string use, string? state) => http.Response.Cookies.Append(Cookie, _sealer.Protect($"{use}\n{state}", Lasts), new CookieOptions
    {
        HttpOnly = true, SameSite = SameSiteMode.Strict, Secure = http.Request.IsHttps, Path = Under, MaxAge = Lasts, IsEssential = true,
    });

    /// <returns>What was kept; null when there is nothing, it is over, for another use, or was answered before.</returns>
    public string? Take(HttpContext http, string use)
    {
        http.Response.Cookies.Delete(Cookie, new CookieOptions { Path = Under });
        if (http.Request.Cookies[Cookie] is not { Length: > 0 and < 8000 } kept) return null;
        try
        {
            string whole = _sealer.Unprotect(kept);
            return whole.StartsWith(use + "\n", StringComparison.Ordinal) && IsFirst(kept) ? whole[(use.Length + 1)..] : null;
        }
        catch (CryptographicException)
        {
            return null;
        }
    }

    private bool IsFirst(string kept)
    {
        var now = clock.GetUtcNow();
        foreach (var (key, at) in _used)
        {
            if (now - at > Lasts) _used.TryRemove(key, out _);
        }

        return _used.TryAdd(Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(kept))), now);
    }
}
