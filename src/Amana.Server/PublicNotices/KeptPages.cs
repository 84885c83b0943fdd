using System.Globalization;
using Microsoft.AspNetCore.OutputCaching;

namespace Amana.Server.PublicNotices;

/// <summary>Public pages are drawn once and kept in memory until what is shown changes: the key of a kept page holds the number of the
/// last change, so a withdrawn notice is gone with the act that withdraws it.</summary>
internal sealed class KeptPages(ShownNotices notices, ShownNews news, TimeProvider clock) : IOutputCachePolicy
{
    public const string Policy = "public-pages";
    /// <summary>How long readers and proxies may keep a page.</summary>
    public const string CacheControl = "public, max-age=60";
    private const long BytesMax = 64 * 1024 * 1024;
    private const long PageBytesMax = 4 * 1024 * 1024;
    private static readonly TimeSpan Kept = TimeSpan.FromMinutes(1);

    public static void Add(IServiceCollection services) => services.AddOutputCache(cache =>
    {
        cache.SizeLimit = BytesMax;
        cache.MaximumBodySize = PageBytesMax;
        cache.AddPolicy(Policy, policy => policy.AddPolicy<KeptPages>(), excludeDefaultPolicy: true);
    });

    public ValueTask CacheRequestAsync(OutputCacheContext context, CancellationToken cancellation)
    {
        string method = context.HttpContext.Request.Method;
        bool reads = HttpMethods.IsGet(method) || HttpMethods.IsHead(method);
        (context.EnableOutputCaching, context.AllowCacheLookup, context.AllowCacheStorage, context.AllowLocking) = (reads, reads, reads, true);
        context.ResponseExpirationTimeSpan = Kept;
        var rules = context.CacheVaryByRules;
        rules.QueryKeys = PublicQuestion.Read(context.HttpContext.Request.Query).Keys;
        // Ages change with the day.
        rules.VaryByValues["shown"] = string.Create(CultureInfo.InvariantCulture, $"{notices.Current.Version}/{news.Version}/{DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime):yyyyMMdd}");
        return ValueTask.CompletedTask;
    }

    public ValueTask ServeFromCacheAsync(OutputCacheContext context, CancellationToken cancellation) => ValueTask.CompletedTask;

    public ValueTask ServeResponseAsync(OutputCacheContext context, CancellationToken cancellation)
    {
        var response = context.HttpContext.Response;
        if (response.StatusCode != StatusCodes.Status200OK || response.Headers.SetCookie.Count > 0) context.AllowCacheStorage = false;
        return ValueTask.CompletedTask;
    }
}
