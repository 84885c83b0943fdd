using System.Security.Cryptography;
using System.Text;
using System.Threading.RateLimiting;

namespace Amana.Server.Access;

/// <summary>How much one network (IPv4: /24, IPv6: /64) may send without a sign-in. Its address is not kept: only a hash of it with a key
/// that lives as long as the process, in memory, while its hour runs.</summary>
public static class StrangerPace
{
    /// <summary>Of forms for requests about one's own data: the rate limiter's policy.</summary>
    public const string Requests = "data-requests";
    /// <summary>Why 30: a family or a law office sends a few, and each needs a person's work.</summary>
    internal const int RequestsPerHour = 30;
    private const int KeyBytes = 32;
    private static readonly byte[] Key = RandomNumberGenerator.GetBytes(KeyBytes);

    /// <summary>A bucket for each network; reading is not counted.</summary>
    /// <param name="what">Of what is counted apart from the rest.</param>
    public static RateLimitPartition<string> BucketOf(HttpContext http, int perHour, string what = "")
    {
        ArgumentNullException.ThrowIfNull(http);
        if (!HttpMethods.IsPost(http.Request.Method)) return RateLimitPartition.GetNoLimiter("reading");
        string network = Convert.ToHexString(HMACSHA256.HashData(Key, Encoding.ASCII.GetBytes(SignInForms.NetworkOf(http))));
        return RateLimitPartition.GetFixedWindowLimiter(network + what, _ => new FixedWindowRateLimiterOptions { PermitLimit = perHour, Window = TimeSpan.FromHours(1), QueueLimit = 0 });
    }
}
