namespace FLCrowd;

/// <summary>What an option was called before: who still calls it so is told its name.</summary>
/// <param name="name">The key in the configuration.</param>
[AttributeUsage(AttributeTargets.Property)]
public sealed class FormerNameAttribute(string name) : Attribute
{
    /// <summary>The key in the configuration.</summary>
    public string Name { get; } = name;
}
