using System.Text.Json.Nodes;
using FLCrowd.Actors.Experiments;

namespace FLCrowd.Host.Configuration;

/// <summary>Who plays: the list <c>clients</c>. An entry holds its strategy's options beside the keys below.</summary>
internal static class ClientsSection
{
    private static readonly string[] EntryKeys = ["count", "share", "ids", "labeling-cost", "computation-cost", "weight"];

    public static ClientGroup[] Read(Section root, int clients, PluginCatalog catalog)
    {
        var entries = root.List("clients")
            .Select((item, index) => (Node: item as JsonObject ?? throw root.Wrong("clients", "a list of blocks { strategy = ... }"), Path: $"clients[{index}]"))
            .Select(entry => (Section: new Section(entry.Node, entry.Path), Strategy: ReadStrategy(entry.Node, entry.Path, catalog)))
            .ToList();
        var members = ClientSelection.Resolve([.. entries.Select(entry => ClientSelector.Read(entry.Section, clients))], clients);
        return [.. entries
            .Select((entry, index) => new ClientGroup(
                entry.Strategy,
                members[index],
                Optional(entry.Section, "labeling-cost"),
                Optional(entry.Section, "computation-cost"),
                entry.Section.Has("weight") ? entry.Section.Number("weight", Bounds.Above(0)) : 1))
            .Where(group => group.Members.Length > 0)];
    }

    private static PluginChoice ReadStrategy(JsonObject entry, string path, PluginCatalog catalog)
    {
        var choice = PluginChoice.FromObject(new JsonObject(entry
            .Where(option => !EntryKeys.Contains(option.Key))
            .Select(option => KeyValuePair.Create(option.Key, option.Value?.DeepClone()))), "strategy", path);
        bool known = catalog.List(PluginKind.Strategy).Any(strategy => strategy.Name == choice.Name);
        catalog.Check(PluginKind.Strategy, known ? choice : choice with { Path = $"{path}.strategy" });
        return choice;
    }

    private static double? Optional(Section entry, string key) => entry.Has(key) ? entry.Number(key, Bounds.AtLeast(0)) : null;
}
