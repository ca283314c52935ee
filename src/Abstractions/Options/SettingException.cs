namespace FLCrowd;

/// <summary>A setting is wrong. The message is for the user: what is wrong, where, and what would be right.</summary>
/// <param name="path">Where: a configuration path, or a file.</param>
/// <param name="problem">What is wrong and what would be right, e.g. <c>is -1; must be at least 0</c>.</param>
public sealed class SettingException(string path, string problem) : Exception($"{path}: {problem}")
{
    /// <summary>Where.</summary>
    public string Path { get; } = path;
}
