namespace FLCrowd;

/// <summary>A registered name, for people.</summary>
/// <param name="Name">The name.</param>
/// <param name="Description">One sentence.</param>
/// <param name="Options">Its options.</param>
public sealed record PluginDescription(string Name, string Description, IReadOnlyList<OptionDescription> Options);
