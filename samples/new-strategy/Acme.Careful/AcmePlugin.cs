namespace Acme.Careful;

using FLCrowd;

/// <summary>What this assembly offers.</summary>
public sealed class AcmePlugin : IPlugin
{
    /// <inheritdoc/>
    public void Register(IPluginRegistry registry) => registry.AddStrategy<CarefulOptions>(
        "acme/careful", "Works as it is asked or labels with little effort, whichever paid more so far.",
        (options, setup) => new CarefulStrategy(options));
}
