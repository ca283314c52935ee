namespace FLCrowd.Actors.Metrics;

/// <summary>
/// The metrics of a node, as .NET and OpenTelemetry know them: whoever listens to this meter gets them, and where nobody does they cost
/// nothing that could be measured. Nothing is ever decided by them. docs/telemetry.md lists the instruments.
/// </summary>
public static class CrowdMeter
{
    /// <summary>The meter's name.</summary>
    public const string Name = "FLCrowd";
}
