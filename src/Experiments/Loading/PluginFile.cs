using System.Text.Json.Nodes;
using FLCrowd.Experiments.Configuration;

namespace FLCrowd.Experiments.Loading;

/// <summary>An assembly that the user named as a plug-in.</summary>
/// <param name="Path">The file; absolute.</param>
/// <param name="Setting">Where it was named, for messages.</param>
internal sealed record PluginFile(string Path, string Setting)
{
    /// <summary>The key of the configuration.</summary>
    public const string Key = "plugins";

    /// <summary>The option of the command line.</summary>
    public const string Argument = "--plugin";

    /// <summary>What the command line names.</summary>
    /// <param name="arguments">The files.</param>
    /// <param name="folder">Where relative paths start; null: at the current folder.</param>
    public static IEnumerable<PluginFile> Of(IReadOnlyList<string> arguments, string? folder = null) =>
        arguments.Select(argument => At(folder ?? Environment.CurrentDirectory, argument, Argument));

    /// <summary>What an experiment and the command line name.</summary>
    /// <param name="tree">The whole configuration, with absolute paths.</param>
    /// <param name="arguments">What the command line names.</param>
    /// <param name="folder">Where relative paths of the command line start; null: at the current folder.</param>
    public static IEnumerable<PluginFile> Of(JsonObject tree, IReadOnlyList<string> arguments, string? folder)
    {
        var root = new Section(tree, "");
        return root.List(Key)
            .Select((item, index) => item is JsonValue
                ? At(Environment.CurrentDirectory, item.ToString(), $"{Key}[{index}]")
                : throw root.Wrong(Key, "a list of files"))
            .Concat(Of(arguments, folder))
            .ToList();
    }

    public SettingException Wrong(string problem) => new(Setting, $"{Path} {problem}");

    private static PluginFile At(string folder, string path, string setting) => path.Length > 0
        ? new PluginFile(System.IO.Path.GetFullPath(path, folder), setting)
        : throw new SettingException(setting, "is empty; must be a file");
}
