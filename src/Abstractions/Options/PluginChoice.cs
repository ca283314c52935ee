using System.Text.Json.Nodes;

namespace FLCrowd;

/// <summary>A registered name with its options, as configured.</summary>
/// <param name="Name">The name in the registry.</param>
/// <param name="Options">A JSON object of options by their names in the configuration; <c>{}</c> for the defaults. Numbers and
/// truth values may stand as text: <c>{ "gamma": "2.0" }</c>.</param>
/// <param name="Path">Where in the configuration it stands, for error messages.</param>
public sealed record PluginChoice(string Name, string Options, string Path)
{
    /// <summary>A choice with default options.</summary>
    public PluginChoice(string name) : this(name, "{}", name)
    {
    }

    /// <summary>Reads a choice out of an object: its name under <paramref name="key"/>, its options beside it.</summary>
    /// <exception cref="SettingException">The name is missing.</exception>
    public static PluginChoice FromObject(JsonObject node, string key, string path)
    {
        if (node[key] is not JsonValue value || !value.TryGetValue(out string? name))
        {
            throw new SettingException($"{path}.{key}", "is missing; it names what to use");
        }

        var options = (JsonObject)node.DeepClone();
        options.Remove(key);
        return new PluginChoice(name, options.ToJsonString(), path);
    }
}
