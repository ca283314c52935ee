using System.Text.Json.Nodes;
using FLCrowd.Experiments.Hocon;

namespace FLCrowd.Experiments.Configuration;

/// <summary>
/// A configuration that remembers where its texts were written. Paths become absolute by it: a relative one starts at the folder of the
/// file that it is written in, and at the current folder where the command line or a variable of the environment gives it.
/// </summary>
/// <param name="tree">What stands under <c>flcrowd</c>.</param>
/// <param name="folders">The folders of the files that texts were written in, by the texts' nodes.</param>
/// <param name="current">The current folder.</param>
internal sealed class WrittenSettings(JsonObject tree, IReadOnlyDictionary<JsonNode, string> folders, string current)
{
    private const string None = "none";

    /// <summary>Paths of files that are no options of plug-ins.</summary>
    private static readonly FileSetting[] Files =
    [
        new(["data", "labels", "annotators", "file"], IsFile),
        new(["data", "labels", "confusion"], IsFile),
        new(["learning", "participation", "schedule"], IsFile),
    ];

    /// <summary>Where the options of plug-ins stand that may be paths.</summary>
    private static readonly (string Section, PluginKind Kind)[] Owners =
    [
        ("data", PluginKind.DataSet), ("data", PluginKind.Partition), ("learning", PluginKind.Model),
        ("learning", PluginKind.Aggregator), ("game", PluginKind.Mechanism),
    ];

    /// <summary>What stands under <c>flcrowd</c>.</summary>
    public JsonObject Tree => tree;

    /// <summary>Makes the paths of a list absolute; what has no folder of its own starts at the current one.</summary>
    /// <param name="path">The list's path.</param>
    /// <param name="isPath">Whether a text is one.</param>
    /// <returns>The whole tree.</returns>
    public JsonObject AnchorList(IReadOnlyList<string> path, Func<string, bool> isPath)
    {
        Anchor(tree, new FileSetting(path, isPath, IsList: true), 0);
        return tree;
    }

    /// <summary>Makes the paths in the lists of a list's blocks absolute.</summary>
    /// <param name="key">The key of the list of blocks.</param>
    /// <param name="inner">The key of the list in each of them.</param>
    /// <param name="isPath">Whether a text is one, by the folder where a relative path starts, the text and its place.</param>
    /// <returns>The whole tree.</returns>
    public JsonObject AnchorLists(string key, string inner, Func<string, string, int, bool> isPath)
    {
        var lists = (tree[key] as JsonArray ?? []).OfType<JsonObject>().Select(block => block[inner]).OfType<JsonArray>();
        foreach (var list in lists)
        {
            for (int item = 0; item < list.Count; item++)
            {
                string folder = list[item] is { } node ? folders.GetValueOrDefault(node, current) : current;
                if (list[item] is JsonValue && list[item]!.ToString() is var text && isPath(folder, text, item))
                {
                    list[item] = JsonValue.Create(Path.GetFullPath(text, folder));
                }
            }
        }

        return tree;
    }

    /// <summary>Makes all paths of files absolute, those of variants, axes and the grid, too.</summary>
    /// <param name="catalog">Knows which options are paths.</param>
    /// <returns>The whole tree.</returns>
    public JsonObject AnchorFiles(PluginCatalog catalog)
    {
        var settings = Files.Concat(Owners.SelectMany(owner => catalog.List(owner.Kind).SelectMany(plugin => plugin.Options
            .Where(option => option.FilePath is not null)
            .Select(option => new FileSetting([owner.Section, plugin.Name, option.Name], option.FilePath!.Fits, IsList: true))))).ToList();
        var experiment = tree["experiment"] as JsonObject;
        var overrides = Blocks(experiment?["variants"]).Concat(Blocks(experiment?["axes"]).SelectMany(axis => Blocks(axis)));
        foreach (var layer in overrides.Prepend(tree))
        {
            foreach (var setting in settings)
            {
                Anchor(layer, setting, 0);
            }
        }

        foreach (var (path, values) in experiment?["grid"] as JsonObject ?? [])
        {
            var keys = SettingPath.Split(path);
            foreach (var setting in settings.Where(setting => setting.Path.Take(keys.Count).SequenceEqual(keys)))
            {
                for (int value = 0; value < (values as JsonArray)?.Count; value++)
                {
                    Anchor(values[value], setting, keys.Count, absolute => values[value] = absolute);
                }
            }
        }

        return tree;
    }

    private static bool IsFile(string text) => text.Length > 0 && text != None;

    private static IEnumerable<JsonNode> Blocks(JsonNode? node) =>
        (node as JsonObject ?? []).Select(entry => entry.Value).OfType<JsonObject>();

    /// <summary>What stands at a setting's path, from one of its keys on.</summary>
    private void Anchor(JsonNode? node, FileSetting setting, int depth, Action<JsonNode>? replace = null)
    {
        if (depth < setting.Path.Count)
        {
            var key = setting.Path[depth];
            if (node is JsonObject block && block[key] is { } inner)
            {
                Anchor(inner, setting, depth + 1, absolute => block[key] = absolute);
            }
        }
        else if (node is JsonArray list && setting.IsList)
        {
            for (int item = 0; item < list.Count; item++)
            {
                int at = item;
                Anchor(list[at], setting with { IsList = false }, depth, absolute => list[at] = absolute);
            }
        }
        else if (node is JsonValue && node.ToString() is var text && setting.IsPath(text))
        {
            replace!(JsonValue.Create(Path.GetFullPath(text, folders.GetValueOrDefault(node, current))));
        }
    }

    private sealed record FileSetting(IReadOnlyList<string> Path, Func<string, bool> IsPath, bool IsList = false);
}
