using System.ComponentModel.DataAnnotations;
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

/// <summary>A bucket for each network, as <see cref="StrangerPace"/> makes them.</summary>
internal static class TipPace
{
    public const string Policy = "tips";
    /// <summary>Of an address that asks for a page of the form and sends nothing.</summary>
    public const string StepQuery = "step";
    /// <summary>Pages of the form for each tip: four, with room to go back. They store nothing and are counted apart.</summary>
    private const int StepsPerTip = 10;

    public static bool IsStep(HttpRequest request) => request.Query.ContainsKey(StepQuery);

    public static void Add(IServiceCollection services, IConfiguration configuration)
    {
        var settings = new ConfigurationBuilder().AddConfiguration(configuration).AddEnvironmentVariables("AMANA_").Build();
        services.AddOptions<TipOptions>().Bind(settings.GetSection("Tips")).ValidateDataAnnotations().ValidateOnStart();
        services.AddOptions<RateLimiterOptions>().Configure<IOptions<TipOptions>>((limiter, options) => limiter.AddPolicy(Policy, http => IsStep(http.Request) ? StrangerPace.BucketOf(http, options.Value.NetworkPerHour * StepsPerTip, StepQuery) : StrangerPace.BucketOf(http, options.Value.NetworkPerHour)));
    }
}
