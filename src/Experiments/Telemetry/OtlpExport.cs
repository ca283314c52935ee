using System.Globalization;
using FLCrowd.Actors.Metrics;
using FLCrowd.Experiments.Identity;
using OpenTelemetry;
using OpenTelemetry.Exporter;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;

namespace FLCrowd.Experiments.Telemetry;

/// <summary>Sends the metrics of one actor system to a collector, every few seconds and at its end. The only code that uses
/// OpenTelemetry's packages.</summary>
internal sealed class OtlpExport
{
    private readonly MeterProvider _provider;
    private readonly int _patience;

    private OtlpExport(MeterProvider provider, TimeSpan patience) => (_provider, _patience) = (provider, (int)patience.TotalMilliseconds);

    /// <param name="target">Where to, and how.</param>
    /// <param name="system">The system; those of others in this process are not its.</param>
    public static OtlpExport Start(TelemetryTarget target, object system)
    {
        var provider = Sdk.CreateMeterProviderBuilder()
            .ConfigureResource(resource => Describe(resource.Clear(), target))
            .AddMeter(CrowdMeter.Name)
            .AddView(instrument => ReferenceEquals(instrument.Meter.Scope, system) ? null : MetricStreamConfiguration.Drop)
            .AddOtlpExporter((exporter, reader) =>
            {
                exporter.Endpoint = target.Endpoint;
                exporter.Protocol = target.IsGrpc ? OtlpExportProtocol.Grpc : OtlpExportProtocol.HttpProtobuf;
                exporter.TimeoutMilliseconds = (int)target.Timeout.TotalMilliseconds;
                reader.PeriodicExportingMetricReaderOptions.ExportIntervalMilliseconds = (int)target.Interval.TotalMilliseconds;
                reader.PeriodicExportingMetricReaderOptions.ExportTimeoutMilliseconds = (int)target.Timeout.TotalMilliseconds;
            })
            .Build();
        return new OtlpExport(provider, target.Timeout);
    }

    /// <summary>Exports for the last time. It may take longer than the timeout, where an export is under way: on a thread of its own, which
    /// keeps no process from ending.</summary>
    /// <returns>Whether the collector took it.</returns>
    public Task<bool> EndAsync()
    {
        var sent = new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously);
        _ = Task.Factory.StartNew(
            () =>
            {
                sent.SetResult(_provider.ForceFlush(_patience));
                _provider.Dispose();
            },
            CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        return sent.Task;
    }

    /// <summary>What the variables of OpenTelemetry say of a service comes last: it has precedence.</summary>
    private static void Describe(ResourceBuilder resource, TelemetryTarget target) => resource
        .AddService(
            "flcrowd",
            serviceVersion: ThisProgram.Build.Version,
            serviceInstanceId: string.Create(CultureInfo.InvariantCulture, $"{Environment.MachineName}:{Environment.ProcessId}"))
        .AddAttributes(target.About.Select(about => KeyValuePair.Create<string, object>(about.Key, about.Value)))
        .AddTelemetrySdk()
        .AddEnvironmentVariableDetector();
}
