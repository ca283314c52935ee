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

    /// <summary>What the command line names; relative paths start at the current folder.</summary>
    public static IEnumerable<PluginFile> Of(IReadOnlyList<string> arguments) =>
        arguments.Select(argument => At(Environment.CurrentDirectory, argument, Argument));

    /// <summary>What an experiment and the command line name.</summary>
    /// <param name="tree">The whole configuration.</param>
    /// <param name="folder">Where the experiment's relative paths start.</param>
    /// <param name="arguments">What the command line names.</param>
    public static IEnumerable<PluginFile> Of(JsonObject tree, string folder, IReadOnlyList<string> arguments)
    {
        var root = new Section(tree, "");
        return root.List(Key)
            .Select((item, index) => item is JsonValue
                ? At(folder, item.ToString(), $"{Key}[{index}]")
                : throw root.Wrong(Key, "a list of files"))
            .Concat(Of(arguments))
            .ToList();
    }

    public SettingException Wrong(string problem) => new(Setting, $"{Path} {problem}");

    private static PluginFile At(string folder, string path, string setting) => path.Length > 0
        ? new PluginFile(System.IO.Path.GetFullPath(path, folder), setting)
        : throw new SettingException(setting, "is empty; must be a file");
}
