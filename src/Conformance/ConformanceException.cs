namespace FLCrowd.Conformance;

/// <summary>A plug-in breaks a rule.</summary>
/// <param name="rule">The rule's name.</param>
/// <param name="message">How, and where; for the plug-in's author.</param>
public sealed class ConformanceException(string rule, string message) : Exception($"{rule}: {message}")
{
    /// <summary>The rule's name.</summary>
    public string Rule { get; } = rule;
}
