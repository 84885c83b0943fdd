using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Threading.RateLimiting;
using Amana.Server.Foundation;
using Microsoft.AspNetCore.RateLimiting;
using Microsoft.Extensions.Options;

namespace Amana.Server.Access;

/// <summary>How many requests one token, one person and one network may make. Set by the operator in the section
/// <c>RequestPace</c>, or as <c>AMANA_RequestPace__NAME</c> in the environment. A minute's worth may come at once.</summary>
internal sealed class RequestPaceOptions
{
    /// <summary>Of one token. Why 600,000: a border system asks 10,000 questions a minute, sixty of them may share a token;
    /// beyond that a program runs wild. A stream of any length is one request.</summary>
    [Range(60, 1_000_000_000)] public int TokenPerMinute { get; init; } = 600_000;

    /// <summary>Of one person in all sessions. Why 6,000: nobody clicks a hundred times a second.</summary>
    [Range(60, 1_000_000_000)] public int PersonPerMinute { get; init; } = 6_000;

    /// <summary>Of one network (IPv4: /24, IPv6: /64) without a valid sign-in. Why 12,000: a whole house signs in at eight
    /// o'clock. Passwords are guarded apart, by account.</summary>
    [Range(60, 1_000_000_000)] public int NetworkPerMinute { get; init; } = 12_000;
}

/// <summary>Lets nobody keep the server busy alone: a bucket of requests for each token, person and network.</summary>
internal static class RequestPace
{
    // Asked by machines that watch the server, many times a second and without a sign-in.
    private static readonly string[] Free = ["/healthz", "/readyz", "/version", "/css", "/js", "/fonts", "/_framework"];

    public static void Add(IServiceCollection services, IConfiguration configuration)
    {
        var settings = new ConfigurationBuilder().AddConfiguration(configuration).AddEnvironmentVariables("AMANA_").Build();
        services.AddOptions<RequestPaceOptions>().Bind(settings.GetSection("RequestPace")).ValidateDataAnnotations().ValidateOnStart();
        services.AddRateLimiter(limiter =>
        {
            limiter.OnRejected = RefuseAsync;
            limiter.AddPolicy(StrangerPace.Requests, http => StrangerPace.BucketOf(http, StrangerPace.RequestsPerHour));
        });
        services.AddOptions<RateLimiterOptions>().Configure<IOptions<RequestPaceOptions>>((limiter, pace) =>
            limiter.GlobalLimiter = PartitionedRateLimiter.Create<HttpContext, string>(http => BucketOf(http, pace.Value)));
    }

    private static RateLimitPartition<string> BucketOf(HttpContext http, RequestPaceOptions pace)
    {
        if (Free.Any(path => http.Request.Path.StartsWithSegments(path, StringComparison.Ordinal))) return RateLimitPartition.GetNoLimiter("free");
        if (http.FindCaller() is not { } caller) return Bucket($"network:{SignInForms.NetworkOf(http)}", pace.NetworkPerMinute);
        return Bucket(caller.Actor.ToString(), caller.Actor.Kind is ActorKind.Token ? pace.TokenPerMinute : pace.PersonPerMinute);
    }

    private static RateLimitPartition<string> Bucket(string key, int perMinute) => RateLimitPartition.GetTokenBucketLimiter(key, _ => new TokenBucketRateLimiterOptions
    {
        TokenLimit = perMinute,
        TokensPerPeriod = (perMinute + 59) / 60,
        ReplenishmentPeriod = TimeSpan.FromSeconds(1),
        QueueLimit = 0,
        AutoReplenishment = true,
    });

    private static async ValueTask RefuseAsync(OnRejectedContext context, CancellationToken cancel)
    {
        var http = context.HttpContext;
        var wait = context.Lease.TryGetMetadata(MetadataName.RetryAfter, out var left) ? left : TimeSpan.FromSeconds(1);
        http.Response.Headers.RetryAfter = Math.Max(1, (int)Math.Ceiling(wait.TotalSeconds)).ToString(CultureInfo.InvariantCulture);
        http.Response.StatusCode = StatusCodes.Status429TooManyRequests;
        if (!ErrorAnswers.WantsPage(http)) await ErrorAnswers.WriteAsync(http, FoundationRefusals.TooOften); // for people, the page of the status
    }
}
