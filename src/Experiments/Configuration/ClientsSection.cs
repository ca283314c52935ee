using System.Globalization;
using System.Text.Json.Nodes;
using FLCrowd.Actors.Definitions;

namespace FLCrowd.Experiments.Configuration;

/// <summary>Who plays: the list <c>clients</c>. An entry holds its strategy's options beside <see cref="StrategyKeys"/>.</summary>
internal static class ClientsSection
{
    private const double LeastShare = 1e-30;

    public static ClientGroup[] Read(Section root, int clients, PluginCatalog catalog)
    {
        var entries = root.List("clients")
            .Select((item, index) => (
                Node: item as JsonObject ?? throw root.Wrong("clients", "a list of blocks { strategy = ... }"),
                Path: $"clients[{index}]"))
            .Select(entry => (Section: new Section(entry.Node, entry.Path), Strategy: ReadStrategy(entry.Node, entry.Path, catalog)))
            .ToList();
        var members = ClientSelection.Resolve([.. entries.Select(entry => ClientSelector.Read(entry.Section, clients))], clients);
        ClientGroup[] groups = [.. entries
            .Select((entry, index) => new ClientGroup(
                entry.Strategy,
                members[index],
                Optional(entry.Section, StrategyKeys.LabelingCost),
                Optional(entry.Section, StrategyKeys.ComputationCost),
                entry.Section.Has(StrategyKeys.Weight) ? entry.Section.Number(StrategyKeys.Weight, Bounds.Above(0)) : 1))];
        CheckWeights(groups);
        return [.. groups.Where(group => group.Members.Length > 0)];
    }

    /// <summary>Sums of models are of single precision: a client that is too light would not be in them, and alone it could not be scaled
    /// up.</summary>
    private static void CheckWeights(ClientGroup[] groups)
    {
        double total = groups.Sum(group => group.Weight * group.Members.Sum(range => (double)range.Count));
        int light = Array.FindIndex(groups, group => group.Members.Length > 0 && group.Weight / total < LeastShare);
        if (light >= 0)
        {
            throw new SettingException($"clients[{light}].weight", string.Create(
                CultureInfo.InvariantCulture,
                $"is {groups[light].Weight}, and the weights of all clients add up to {total:G6}; must be at least {LeastShare} of that"));
        }
    }

    private static PluginChoice ReadStrategy(JsonObject entry, string path, PluginCatalog catalog)
    {
        var choice = PluginChoice.FromObject(new JsonObject(entry
            .Where(option => option.Key == StrategyKeys.Strategy || !StrategyKeys.All.Contains(option.Key))
            .Select(option => KeyValuePair.Create(option.Key, option.Value?.DeepClone()))), StrategyKeys.Strategy, path);
        bool known = catalog.List(PluginKind.Strategy).Any(strategy => strategy.Name == choice.Name);
        catalog.Check(PluginKind.Strategy, known ? choice : choice with { Path = $"{path}.strategy" });
        return choice;
    }

    private static double? Optional(Section entry, string key) => entry.Has(key) ? entry.Number(key, Bounds.AtLeast(0)) : null;
}
