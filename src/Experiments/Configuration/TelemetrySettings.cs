namespace FLCrowd.Experiments.Configuration;

/// <summary>What the section <c>telemetry</c> says: where a node's metrics go. Results do not depend on it.</summary>
/// <param name="Endpoint">A collector's address; <see cref="Auto"/>: what the variables of OpenTelemetry say; <see cref="Off"/>:
/// nowhere.</param>
/// <param name="Protocol"><c>http/protobuf</c>, <c>grpc</c>, or <see cref="Auto"/>.</param>
/// <param name="Interval">Between two exports; null: <see cref="Auto"/>.</param>
/// <param name="Timeout">How long one may take; null: <see cref="Auto"/>.</param>
public sealed record TelemetrySettings(string Endpoint, string Protocol, TimeSpan? Interval, TimeSpan? Timeout)
{
    /// <summary>The variables of OpenTelemetry decide.</summary>
    public const string Auto = "auto";

    /// <summary>Nothing is exported, whatever variables say.</summary>
    public const string Off = "off";

    /// <summary>Protobuf over HTTP.</summary>
    public const string Http = "http/protobuf";

    /// <summary>Protobuf over gRPC.</summary>
    public const string Grpc = "grpc";

    /// <summary>Where nothing is set.</summary>
    public static TelemetrySettings Default { get; } = new(Auto, Auto, null, null);

    /// <summary>Whether it says nothing about where metrics go.</summary>
    public bool IsAuto => Endpoint == Auto;

    /// <exception cref="SettingException">It makes no sense.</exception>
    public static TelemetrySettings Read(Section section)
    {
        var settings = new TelemetrySettings(
            section.Text("otlp-endpoint"), section.Text("otlp-protocol"),
            section.DurationOr("export-interval", Auto), section.DurationOr("export-timeout", Auto));
        if (settings.Endpoint is not (Auto or Off) && AddressOf(settings.Endpoint) is null)
        {
            throw section.Wrong("otlp-endpoint", $"a collector's address such as \"http://localhost:4318\", {Auto} or {Off}");
        }

        if (settings.Protocol is not (Auto or Http or Grpc))
        {
            throw section.Wrong("otlp-protocol", $"{Http} | {Grpc} | {Auto}");
        }

        section.Done();
        return settings;
    }

    /// <summary>A collector's address; null where the text is none.</summary>
    internal static Uri? AddressOf(string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https" ? uri : null;
}
