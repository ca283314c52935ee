using System.Text.Json.Nodes;

namespace FLCrowd.Host.Configuration;

/// <summary>One combination of a sweep's variants and grid values.</summary>
/// <param name="Values">What tells it from the others, one per swept column.</param>
/// <param name="Tree">The whole configuration.</param>
internal sealed record Cell(IReadOnlyList<string> Values, JsonObject Tree);

/// <summary>Expands <c>experiment.variants</c> and <c>experiment.grid</c> into the configurations that they stand for.</summary>
internal static class Sweep
{
    public const string VariantColumn = "variant";

    /// <summary>What a sweep may not change from game to game.</summary>
    private static readonly string[] Fixed = ["seed", "experiment", "execution.threads", "execution.parallel-games", "execution.cache"];

    /// <summary>The names of the swept columns.</summary>
    public static IReadOnlyList<string> Columns(ExperimentSettings experiment) =>
        [.. experiment.Variants.Count > 0 ? [VariantColumn] : Array.Empty<string>(), .. experiment.Grid.Select(entry => entry.Key)];

    /// <summary>A cell's name in tables and legends.</summary>
    public static string Label(IReadOnlyList<string> columns, IReadOnlyList<string> values) => string.Join(
        ", ", values.Select((value, column) => columns[column] == VariantColumn ? value : $"{columns[column].Split('.')[^1]} {value}"));

    /// <summary>All cells: variants outermost, then the grid's paths in their order, the last one fastest.</summary>
    /// <exception cref="SettingException">An override is not of the right form, or of something that a sweep may not change.</exception>
    public static IReadOnlyList<Cell> Cells(JsonObject tree, ExperimentSettings experiment)
    {
        IEnumerable<Cell> cells = experiment.Variants.Count == 0
            ? [new Cell([], tree)]
            : experiment.Variants.Select(variant => new Cell([variant.Key], SettingsTree.Merge(tree, Variant(variant.Key, variant.Value))));
        foreach (var (path, values) in experiment.Grid)
        {
            Reject(path, $"experiment.grid.{SettingPath.Join("", path)}");
            var list = values as JsonArray
                ?? throw new SettingException($"experiment.grid.{SettingPath.Join("", path)}", "must be a list of values, under a path in quotes such as \"learning.step-size\"");
            cells = cells.SelectMany(cell => list.Select(value => new Cell(
                [.. cell.Values, value is JsonValue ? value.ToString() : HoconWriter.Inline(value)],
                SettingsTree.Merge(cell.Tree, SettingsTree.Layer(path, value)))));
        }

        return [.. cells];
    }

    private static JsonObject Variant(string name, JsonNode? overrides)
    {
        var path = SettingPath.Join("experiment.variants", name);
        var tree = overrides as JsonObject
            ?? throw new SettingException(path, "must be a block of overrides, such as { learning.step-size = 0.7 }");
        foreach (var (key, value) in tree)
        {
            Reject(key, path);
            foreach (var (inner, _) in value as JsonObject ?? [])
            {
                Reject($"{key}.{inner}", path);
            }
        }

        return tree;
    }

    private static void Reject(string changed, string path)
    {
        var owner = Fixed.FirstOrDefault(key => changed == key || changed.StartsWith(key + ".", StringComparison.Ordinal));
        if (owner is not null)
        {
            throw new SettingException(path, $"must not change {owner}, which belongs to the whole run{(owner == "seed" ? "; use experiment.seeds" : "")}");
        }
    }
}
