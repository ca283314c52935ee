using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using System.Text.Json;
using FLCrowd.Experiments;
using FLCrowd.Experiments.Configuration;
using FLCrowd.Experiments.Telemetry;

namespace FLCrowd.Host.Tests.OtherTools;

/// <summary>Where metrics go: what is set, and what the variables of OpenTelemetry say.</summary>
public sealed class TelemetryTargetSpec : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("", "", null)]
    [InlineData("off", "OTEL_EXPORTER_OTLP_ENDPOINT=http://c:4318", null)]
    [InlineData("", "OTEL_EXPORTER_OTLP_ENDPOINT=", null)]
    [InlineData("", "OTEL_EXPORTER_OTLP_ENDPOINT=http://c:4318", "http http://c:4318/v1/metrics")]
    [InlineData("", "OTEL_EXPORTER_OTLP_ENDPOINT=http://c:4318/base/", "http http://c:4318/base/v1/metrics")]
    [InlineData("", "OTEL_EXPORTER_OTLP_ENDPOINT=http://c:4318 OTEL_EXPORTER_OTLP_METRICS_ENDPOINT=https://m/x", "http https://m/x")]
    [InlineData("", "OTEL_EXPORTER_OTLP_ENDPOINT=http://c:4317", "grpc http://c:4317/")]
    [InlineData(
        "", "OTEL_EXPORTER_OTLP_ENDPOINT=http://c:4317 OTEL_EXPORTER_OTLP_PROTOCOL=http/protobuf", "http http://c:4317/v1/metrics")]
    [InlineData("", "OTEL_EXPORTER_OTLP_ENDPOINT=http://c OTEL_EXPORTER_OTLP_PROTOCOL=grpc", "grpc http://c/")]
    [InlineData(
        "", "OTEL_EXPORTER_OTLP_ENDPOINT=http://c OTEL_EXPORTER_OTLP_PROTOCOL=grpc OTEL_EXPORTER_OTLP_METRICS_PROTOCOL=http/protobuf",
        "http http://c/v1/metrics")]
    [InlineData("", "OTEL_EXPORTER_OTLP_ENDPOINT=http://c OTEL_SDK_DISABLED=TRUE", null)]
    [InlineData("", "OTEL_EXPORTER_OTLP_ENDPOINT=http://c OTEL_METRICS_EXPORTER=none", null)]
    [InlineData("http://d:4318", "OTEL_EXPORTER_OTLP_ENDPOINT=http://c", "http http://d:4318/v1/metrics")]
    [InlineData("http://d:4318", "OTEL_SDK_DISABLED=true", null)]
    [InlineData("http://d:4318 grpc", "", "grpc http://d:4318/")]
    [InlineData("http://d:4317 http/protobuf", "OTEL_EXPORTER_OTLP_PROTOCOL=grpc", "http http://d:4317/v1/metrics")]
    public void Settings_have_precedence_over_the_variables_and_these_over_nothing(string settings, string variables, string? expected)
    {
        var given = settings.Split(' ');
        var (endpoint, protocol) = (given[0].Length > 0 ? given[0] : "auto", given.Length > 1 ? given[1] : "auto");
        var target = Of(new TelemetrySettings(endpoint, protocol, null, null), variables);
        Assert.Equal(expected, target is null ? null : $"{(target.IsGrpc ? "grpc" : "http")} {target.Endpoint}");
        Assert.Equal(target?.Endpoint, TelemetryTarget.Parse(TelemetryTarget.Text(target))?.Endpoint);
    }

    [Theory]
    [InlineData(null, null, "", 10_000, 2_000)]
    [InlineData(null, null, "OTEL_METRIC_EXPORT_INTERVAL=500 OTEL_EXPORTER_OTLP_TIMEOUT=70", 500, 70)]
    [InlineData(null, null, "OTEL_EXPORTER_OTLP_METRICS_TIMEOUT=30 OTEL_EXPORTER_OTLP_TIMEOUT=70", 10_000, 30)]
    [InlineData(3, 4, "OTEL_METRIC_EXPORT_INTERVAL=500 OTEL_EXPORTER_OTLP_TIMEOUT=70", 3_000, 4_000)]
    public void So_have_times(int? interval, int? timeout, string variables, int every, int patience)
    {
        var target = Of(new TelemetrySettings(
            "http://c:4318", "auto", interval is { } i ? TimeSpan.FromSeconds(i) : null, timeout is { } t ? TimeSpan.FromSeconds(t) : null),
            variables)!.In("worker");
        Assert.Equal((every, patience), (target.Interval.TotalMilliseconds, target.Timeout.TotalMilliseconds));
        var told = TelemetryTarget.Parse(TelemetryTarget.Text(target))!;
        Assert.Equal(target with { About = told.About }, told);
        Assert.Equal("worker", told.About["flcrowd.node.role"]);
    }

    [Theory]
    [InlineData("OTEL_EXPORTER_OTLP_ENDPOINT=c:4318",
        "OTEL_EXPORTER_OTLP_ENDPOINT: is 'c:4318'; must be a collector's address such as http://localhost:4318")]
    [InlineData("OTEL_EXPORTER_OTLP_ENDPOINT=http://c OTEL_EXPORTER_OTLP_PROTOCOL=http/json",
        "OTEL_EXPORTER_OTLP_PROTOCOL: is 'http/json'; must be http/protobuf | grpc")]
    [InlineData("OTEL_EXPORTER_OTLP_ENDPOINT=http://c OTEL_METRIC_EXPORT_INTERVAL=5s",
        "OTEL_METRIC_EXPORT_INTERVAL: is '5s'; must be a whole number of milliseconds above 0")]
    public void A_variable_that_makes_no_sense_is_named(string variables, string expected) => Assert.Equal(
        expected, Assert.Throws<SettingException>(() => Of(TelemetrySettings.Default, variables)).Message);

    [Theory]
    [InlineData("telemetry.otlp-endpoint=ftp", "is ftp; must be a collector's address such as \"http://localhost:4318\", auto or off")]
    [InlineData("telemetry.otlp-protocol=http", "is http; must be http/protobuf | grpc | auto")]
    [InlineData("telemetry.export-interval=0s", "is 0s; must be a duration above 0 such as 500ms, 5s, 2m or 1h, or auto")]
    [InlineData("telemetry.otlp-endpont=off", "is unknown (did you mean 'otlp-endpoint'?)")]
    public void So_is_a_setting(string setting, string expected) =>
        Assert.Equal($"{setting.Split('=')[0]}: {expected}", Configured.Error(setting));

    [Fact]
    public void Games_are_the_same_whatever_is_set() => Assert.Equal(
        JsonSerializer.Serialize(Configured.Run().Plan.Games),
        JsonSerializer.Serialize(Configured.Run("telemetry.otlp-endpoint=\"http://c\"", "telemetry.export-interval=1s").Plan.Games));

    /// <summary>Nobody who exports nothing pays for it, in time or memory: nothing of it is loaded but by the code below.</summary>
    [Fact]
    public void One_class_alone_uses_the_packages_of_OpenTelemetry()
    {
        using var image = new PEReader(File.OpenRead(typeof(Laboratory).Assembly.Location));
        var metadata = image.GetMetadataReader();
        Assert.Contains(
            metadata.AssemblyReferences.Select(reference => metadata.GetString(metadata.GetAssemblyReference(reference).Name)),
            name => name == "OpenTelemetry");
        var users = ArchUnitUsers().Select(name => name.Split('+', '/')[0]).Distinct();
        Assert.Equal([typeof(OtlpExport).FullName!], users);
    }

    [Fact]
    public void The_file_of_a_cluster_says_where_the_metrics_of_its_nodes_go()
    {
        File.WriteAllText(_folder.In("cluster.conf"), "flcrowd.telemetry { otlp-endpoint = \"http://c:4317\", export-interval = 1m }");
        var settings = ClusterSettings.Read(_folder.In("cluster.conf")).Telemetry;
        Assert.Equal(("http://c:4317", TimeSpan.FromMinutes(1)), (settings.Endpoint, settings.Interval));
        Assert.True(ClusterSettings.Read(null).Telemetry.IsAuto);
        File.WriteAllText(_folder.In("cluster.conf"), "flcrowd.telemetry { otlp-endpoint = c }");
        Assert.StartsWith(
            "telemetry.otlp-endpoint: is c; must be",
            Assert.Throws<SettingException>(() => ClusterSettings.Read(_folder.In("cluster.conf"))).Message, StringComparison.Ordinal);
    }

    private static IEnumerable<string> ArchUnitUsers() => new ArchUnitNET.Loader.ArchLoader().LoadAssemblies(typeof(Laboratory).Assembly)
        .Build().Types
        .Where(type => type.Dependencies.Any(used => used.Target.FullName.StartsWith("OpenTelemetry.", StringComparison.Ordinal)))
        .Select(type => type.FullName);

    private static TelemetryTarget? Of(TelemetrySettings settings, string variables)
    {
        var environment = variables.Split(' ', StringSplitOptions.RemoveEmptyEntries)
            .Select(variable => variable.Split('=', 2)).ToDictionary(parts => parts[0], parts => parts[1]);
        return TelemetryTarget.Of(settings, environment.GetValueOrDefault);
    }
}
