namespace FLCrowd;

/// <summary>An option, for people.</summary>
/// <param name="Name">The key in the configuration.</param>
/// <param name="Type">The kind of value.</param>
/// <param name="Default">The default value.</param>
/// <param name="Range">What is allowed, or empty.</param>
/// <param name="Description">One sentence, or empty.</param>
public sealed record OptionDescription(string Name, string Type, string Default, string Range, string Description)
{
    /// <summary>Says that it is the path of a file or a folder; null: it is none.</summary>
    public FilePathAttribute? FilePath { get; init; }
}
