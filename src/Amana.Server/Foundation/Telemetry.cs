using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;

namespace Amana.Server.Foundation;

/// <summary>Figures for the operator's own monitoring, sent only when a collector is named in <c>OTEL_EXPORTER_OTLP_ENDPOINT</c>.</summary>
/// <remarks>Metrics alone: routes as patterns, counts and times. No traces and no logs, which would carry what people ask.</remarks>
internal static class Telemetry
{
    public const string EndpointVariable = "OTEL_EXPORTER_OTLP_ENDPOINT";

    private static readonly string[] Meters =
        ["Microsoft.AspNetCore.Hosting", "Microsoft.AspNetCore.Server.Kestrel", "Microsoft.EntityFrameworkCore", "Npgsql", "System.Runtime"];

    public static void Add(IServiceCollection services)
    {
        if (string.IsNullOrWhiteSpace(Environment.GetEnvironmentVariable(EndpointVariable))) return;
        services.AddOpenTelemetry()
            .ConfigureResource(resource => resource.AddService("amana", serviceVersion: BuildVersion.Number))
            .WithMetrics(metrics => metrics.AddMeter(Meters).AddOtlpExporter());
    }
}
