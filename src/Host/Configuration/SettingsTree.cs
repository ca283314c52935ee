using System.Text.Json.Nodes;

namespace FLCrowd.Host.Configuration;

/// <summary>How layers of configuration become one: objects merge key by key, everything else is replaced.</summary>
internal static class SettingsTree
{
    /// <summary>The layers as one tree; a later one has precedence. The layers stay as they are.</summary>
    public static JsonObject Merge(params IEnumerable<JsonObject> layers)
    {
        var tree = new JsonObject();
        foreach (var layer in layers)
        {
            MergeInto(tree, layer);
        }

        return tree;
    }

    /// <summary>A layer with one value in it.</summary>
    public static JsonObject Layer(string path, JsonNode? value)
    {
        var node = value?.DeepClone();
        foreach (var key in SettingPath.Split(path).Reverse())
        {
            node = new JsonObject { [key] = node };
        }

        return (JsonObject)node!;
    }

    private static void MergeInto(JsonObject tree, JsonObject layer)
    {
        foreach (var (key, value) in layer)
        {
            if (tree[key] is JsonObject inner && value is JsonObject outer)
            {
                MergeInto(inner, outer);
            }
            else
            {
                tree[key] = value?.DeepClone();
            }
        }
    }
}
