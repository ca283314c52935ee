namespace Acme.Thrifty;

using FLCrowd;

/// <summary>What this assembly offers.</summary>
public sealed class AcmePlugin : IPlugin
{
    /// <inheritdoc/>
    public void Register(IPluginRegistry registry) => registry.AddMechanism<ThriftyOptions>(
        "acme/thrifty", "Pays what the work costs and a margin, and charges everybody a share of the model's loss.",
        options => new ThriftyMechanism(options));
}
