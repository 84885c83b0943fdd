using System.ComponentModel.DataAnnotations;
using System.Security.Cryptography;
using System.Text;
using System.Threading.RateLimiting;
using Amana.Server.Access;
using Microsoft.AspNetCore.RateLimiting;
using Microsoft.Extensions.Options;

namespace Amana.Server.Tips;

/// <summary>How much strangers may bring. Set in the section <c>Tips</c>, or as <c>AMANA_Tips__NAME</c> in the environment.</summary>
internal sealed class TipOptions
{
    /// <summary>Tips, and answers of givers, that one network (IPv4: /24, IPv6: /64) may send in an hour. Why 30: a family or an office sends
    /// one or two; a flood from one place leaves room for all others.</summary>
    [Range(1, 100_000)] public int NetworkPerHour { get; init; } = 30;

    /// <summary>Bytes of all tips together, pictures included. Beyond that a tip is refused in words until officers have closed some.</summary>
    [Range(1_000_000, 1_000_000_000_000)] public long BytesMax { get; init; } = 2L * 1024 * 1024 * 1024;
}

/// <summary>A bucket for each network. The address is not kept: only a hash of it with a key that lives as long as the process, and only
/// while its hour runs.</summary>
internal static class TipPace
{
    public const string Policy = "tips";
    private const int KeyBytes = 32;
    private static readonly byte[] Key = RandomNumberGenerator.GetBytes(KeyBytes);

    public static void Add(IServiceCollection services, IConfiguration configuration)
    {
        var settings = new ConfigurationBuilder().AddConfiguration(configuration).AddEnvironmentVariables("AMANA_").Build();
        services.AddOptions<TipOptions>().Bind(settings.GetSection("Tips")).ValidateDataAnnotations().ValidateOnStart();
        services.AddOptions<RateLimiterOptions>().Configure<IOptions<TipOptions>>((limiter, options) => limiter.AddPolicy(Policy, http => BucketOf(http, options.Value)));
    }

    private static RateLimitPartition<string> BucketOf(HttpContext http, TipOptions options)
    {
        if (!HttpMethods.IsPost(http.Request.Method)) return RateLimitPartition.GetNoLimiter("reading");
        string network = Convert.ToHexString(HMACSHA256.HashData(Key, Encoding.ASCII.GetBytes(Networks.Of(http))));
        return RateLimitPartition.GetFixedWindowLimiter(network, _ => new FixedWindowRateLimiterOptions { PermitLimit = options.NetworkPerHour, Window = TimeSpan.FromHours(1), QueueLimit = 0 });
    }
}

/// <summary>Keeps an upload in memory while it is read: a file on the disk would be an unsealed copy of what is stored sealed.</summary>
[AttributeUsage(AttributeTargets.Class)]
internal sealed class ReadsInMemoryAttribute : Attribute, Microsoft.AspNetCore.Http.Metadata.IFormOptionsMetadata, Microsoft.AspNetCore.Http.Metadata.IRequestSizeLimitMetadata
{
    public const int BytesMax = 6 * 1024 * 1024;

    public bool? BufferBody => false;
    public int? MemoryBufferThreshold => BytesMax;
    public long? BufferBodyLengthLimit => BytesMax;
    public int? ValueCountLimit => 64;
    public int? KeyLengthLimit => 256;
    public int? ValueLengthLimit => 64 * 1024;
    public int? MultipartBoundaryLengthLimit => 128;
    public int? MultipartHeadersCountLimit => 16;
    public int? MultipartHeadersLengthLimit => 16 * 1024;
    public long? MultipartBodyLengthLimit => BytesMax;
    public long? MaxRequestBodySize => BytesMax;
}
