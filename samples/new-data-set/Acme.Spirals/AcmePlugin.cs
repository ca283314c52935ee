namespace Acme.Spirals;

using FLCrowd;

/// <summary>What this assembly offers.</summary>
public sealed class AcmePlugin : IPlugin
{
    /// <inheritdoc/>
    public void Register(IPluginRegistry registry) => registry.AddDataSet<SpiralsOptions>(
        "acme/spirals", "Points in the plane, on spirals that turn around one another: one spiral for each class.",
        options => new SpiralsData(options).Load());
}
