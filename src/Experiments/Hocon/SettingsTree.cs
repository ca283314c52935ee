using System.Globalization;
using System.Text.Json.Nodes;

namespace FLCrowd.Experiments.Hocon;

/// <summary>
/// How layers of configuration become one: objects merge key by key, an object whose keys are positions (<c>clients.0.gamma</c>) merges
/// into the entries of a list, everything else is replaced.
/// </summary>
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
            else if (tree[key] is JsonArray list && value is JsonObject { Count: > 0 } entries && Positions(entries, list.Count))
            {
                MergeInto(list, entries);
            }
            else
            {
                tree[key] = value?.DeepClone();
            }
        }
    }

    private static bool Positions(JsonObject entries, int count) => entries.All(entry =>
        int.TryParse(entry.Key, NumberStyles.None, CultureInfo.InvariantCulture, out int position) && position < count);

    private static void MergeInto(JsonArray list, JsonObject entries)
    {
        foreach (var (key, value) in entries)
        {
            int position = int.Parse(key, CultureInfo.InvariantCulture);
            if (list[position] is JsonObject inner && value is JsonObject outer)
            {
                MergeInto(inner, outer);
            }
            else
            {
                list[position] = value?.DeepClone();
            }
        }
    }
}
