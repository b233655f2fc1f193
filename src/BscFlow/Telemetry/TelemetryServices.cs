using Azure.Identity;
using Azure.Monitor.OpenTelemetry.Exporter;
using Microsoft.Extensions.DependencyInjection;
using OpenTelemetry.Exporter;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace BscFlow.Telemetry;

/// <summary>Where traces and metrics go.</summary>
public sealed record TelemetryTargets
{
    /// <summary>Connection string of Application Insights: the setting <c>APPLICATIONINSIGHTS_CONNECTION_STRING</c>.</summary>
    public string? ApplicationInsights { get; init; }

    /// <summary>A collector that takes OTLP over HTTP: the setting <c>OTEL_EXPORTER_OTLP_ENDPOINT</c>.</summary>
    public Uri? Otlp { get; init; }
}

/// <summary>Sends what <see cref="Signals"/> tells to wherever it is wanted; to nowhere by default.</summary>
public static class TelemetryServices
{
    /// <summary>The worker's own source: its span of an invocation is the link between the host's and ours.</summary>
    private const string FunctionsWorker = "Microsoft.Azure.Functions.Worker";

    private const string Service = "bscflow";

    public static IServiceCollection AddBscFlowTelemetry(this IServiceCollection services, TelemetryTargets targets)
    {
        if (targets is { ApplicationInsights: null or "", Otlp: null })
        {
            return services;
        }

        services.AddOpenTelemetry()
            .ConfigureResource(resource => resource.AddService(Service))
            .WithTracing(traces => traces.AddSource(Signals.Name, FunctionsWorker).To(targets))
            .WithMetrics(metrics => metrics.AddMeter(Signals.Name).To(targets));
        return services;
    }

    private static void To(this TracerProviderBuilder traces, TelemetryTargets targets)
    {
        if (targets.Otlp is { } otlp)
        {
            traces.AddOtlpExporter(options => Configure(options, Below(otlp, "v1/traces")));
        }

        if (targets.ApplicationInsights is { Length: > 0 } insights)
        {
            traces.AddAzureMonitorTraceExporter(options => options.ConnectionString = insights, Identity());
        }
    }

    private static void To(this MeterProviderBuilder metrics, TelemetryTargets targets)
    {
        if (targets.Otlp is { } otlp)
        {
            metrics.AddOtlpExporter(options => Configure(options, Below(otlp, "v1/metrics")));
        }

        if (targets.ApplicationInsights is { Length: > 0 } insights)
        {
            metrics.AddAzureMonitorMetricExporter(options => options.ConnectionString = insights, Identity());
        }
    }

    /// <summary>As OpenTelemetry's rules have it: what each signal adds comes after the path that the endpoint has.</summary>
    internal static Uri Below(Uri endpoint, string signal) => new(endpoint.AbsoluteUri.TrimEnd('/') + '/' + signal);

    private static void Configure(OtlpExporterOptions options, Uri endpoint)
    {
        options.Protocol = OtlpExportProtocol.HttpProtobuf;
        options.Endpoint = endpoint;
    }

    /// <summary>The component takes telemetry from identities only.</summary>
    private static DefaultAzureCredential Identity() => new();
}
