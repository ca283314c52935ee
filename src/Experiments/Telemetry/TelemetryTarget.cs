using System.Globalization;
using System.Text.Json;
using FLCrowd.Experiments.Configuration;

namespace FLCrowd.Experiments.Telemetry;

/// <summary>
/// Where metrics go, and how: what the section <c>telemetry</c> says, and where that is <c>auto</c> the variables of OpenTelemetry
/// (https://opentelemetry.io/docs/specs/otel/protocol/exporter/). Those that it leaves alone, such as OTEL_EXPORTER_OTLP_HEADERS, the
/// exporter reads by itself.
/// </summary>
/// <param name="Endpoint">Where metrics are sent to.</param>
/// <param name="IsGrpc">By gRPC; otherwise by HTTP.</param>
/// <param name="Interval">Between two exports.</param>
/// <param name="Timeout">How long one may take.</param>
internal sealed record TelemetryTarget(Uri Endpoint, bool IsGrpc, TimeSpan Interval, TimeSpan Timeout)
{
    /// <summary>The port that collectors have for gRPC.</summary>
    private const int GrpcPort = 4317;

    private const string Path = "v1/metrics";

    /// <summary>A run may be over within a minute, after which OpenTelemetry exports for the first time.</summary>
    private static readonly TimeSpan UsualInterval = TimeSpan.FromSeconds(10);

    /// <summary>A run waits for its last export.</summary>
    private static readonly TimeSpan UsualTimeout = TimeSpan.FromSeconds(2);

    /// <summary>What is said of whose metrics they are.</summary>
    public IReadOnlyDictionary<string, string> About { get; init; } = new Dictionary<string, string>();

    /// <param name="settings">What is set.</param>
    /// <param name="environment">The variables of the environment; null: those of this process.</param>
    /// <returns>Null where nothing is exported.</returns>
    /// <exception cref="SettingException">A variable of OpenTelemetry makes no sense.</exception>
    public static TelemetryTarget? Of(TelemetrySettings settings, Func<string, string?>? environment = null)
    {
        environment ??= Environment.GetEnvironmentVariable;
        if (settings.Endpoint == TelemetrySettings.Off || Is("OTEL_SDK_DISABLED", "true"))
        {
            return null;
        }

        var (address, isWhole) = settings.IsAuto
            ? Is("OTEL_METRICS_EXPORTER", "none") ? (null, false) : Given()
            : (TelemetrySettings.AddressOf(settings.Endpoint), false);
        if (address is null)
        {
            return null;
        }

        bool isGrpc = (settings.Protocol == TelemetrySettings.Auto ? Protocol() : settings.Protocol) switch
        {
            null => address.Port == GrpcPort,
            var protocol => protocol == TelemetrySettings.Grpc,
        };
        return new TelemetryTarget(
            isWhole || isGrpc ? address : new Uri($"{address.GetLeftPart(UriPartial.Path).TrimEnd('/')}/{Path}"),
            isGrpc,
            settings.Interval ?? Milliseconds("OTEL_METRIC_EXPORT_INTERVAL") ?? UsualInterval,
            settings.Timeout ?? Milliseconds("OTEL_EXPORTER_OTLP_METRICS_TIMEOUT") ?? Milliseconds("OTEL_EXPORTER_OTLP_TIMEOUT")
                ?? UsualTimeout);

        string? Value(string name) => environment(name) is { } value && value.Trim() is { Length: > 0 } text ? text : null;

        bool Is(string name, string word) => string.Equals(Value(name), word, StringComparison.OrdinalIgnoreCase);

        (Uri? Address, bool IsWhole) Given() => Address("OTEL_EXPORTER_OTLP_METRICS_ENDPOINT") is { } whole
            ? (whole, true)
            : (Address("OTEL_EXPORTER_OTLP_ENDPOINT"), false);

        Uri? Address(string name) => Value(name) is not { } text ? null
            : TelemetrySettings.AddressOf(text) ?? throw Wrong(name, text, "a collector's address such as http://localhost:4318");

        string? Protocol() => Word("OTEL_EXPORTER_OTLP_METRICS_PROTOCOL") ?? Word("OTEL_EXPORTER_OTLP_PROTOCOL");

        string? Word(string name) => Value(name) switch
        {
            null => null,
            (TelemetrySettings.Http or TelemetrySettings.Grpc) and var known => known,
            var other => throw Wrong(name, other, $"{TelemetrySettings.Http} | {TelemetrySettings.Grpc}"),
        };

        TimeSpan? Milliseconds(string name) => Value(name) switch
        {
            null => null,
            var text when int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int given) && given > 0 =>
                TimeSpan.FromMilliseconds(given),
            var other => throw Wrong(name, other, "a whole number of milliseconds above 0"),
        };
    }

    /// <summary>The same, with more of whose metrics they are.</summary>
    /// <param name="about">What is said, by name; null: nothing.</param>
    public TelemetryTarget Of(IEnumerable<KeyValuePair<string, string?>> about) => this with
    {
        About = About.Concat(about.Where(each => each.Value is not null).Select(each => KeyValuePair.Create(each.Key, each.Value!)))
            .ToDictionary(),
    };

    /// <summary>The same, for a node of a role.</summary>
    public TelemetryTarget In(string role) => Of([KeyValuePair.Create("flcrowd.node.role", (string?)role)]);

    /// <summary>A target, or none, for a process that is told so.</summary>
    public static string Text(TelemetryTarget? target) => target is null ? TelemetrySettings.Off : JsonSerializer.Serialize(target);

    /// <summary>Reads what <see cref="Text"/> wrote.</summary>
    public static TelemetryTarget? Parse(string text) =>
        text == TelemetrySettings.Off ? null : JsonSerializer.Deserialize<TelemetryTarget>(text);

    private static SettingException Wrong(string name, string value, string expected) => new(name, $"is '{value}'; must be {expected}");
}
