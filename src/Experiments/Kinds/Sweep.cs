using System.Text.Json.Nodes;
using FLCrowd.Experiments.Configuration;
using FLCrowd.Experiments.Hocon;

namespace FLCrowd.Experiments.Kinds;

/// <summary>One combination of a sweep's axes and grid values.</summary>
/// <param name="Values">What tells it from the others, one per swept column.</param>
/// <param name="Tree">The whole configuration.</param>
internal sealed record Cell(IReadOnlyList<string> Values, JsonObject Tree);

/// <summary>
/// Expands <c>experiment.variants</c>, <c>experiment.axes</c> and <c>experiment.grid</c> into the configurations that they stand for.
/// </summary>
internal static class Sweep
{
    public const string VariantColumn = "variant";

    /// <summary>What a sweep may not change from game to game.</summary>
    private static readonly string[] Fixed =
        ["seed", "plugins", "experiment", "execution.threads", "execution.parallel-games", "execution.cache"];

    /// <summary>The names of the swept columns.</summary>
    public static IReadOnlyList<string> Columns(ExperimentSettings experiment) =>
    [
        .. experiment.Variants.Count > 0 ? [VariantColumn] : Array.Empty<string>(),
        .. experiment.Axes.Select(axis => axis.Key),
        .. experiment.Grid.Select(entry => entry.Key),
    ];

    /// <summary>A cell's name in tables and legends.</summary>
    public static string Label(IReadOnlyList<string> columns, IReadOnlyList<string> values) => string.Join(
        ", ", values.Select((value, column) => columns[column] == VariantColumn ? value : $"{columns[column].Split('.')[^1]} {value}"));

    /// <summary>All cells: variants outermost, then axes, then the grid's paths, each in their order, the last one fastest.</summary>
    /// <exception cref="SettingException">An override is not of the right form, or of something that a sweep may not change.</exception>
    public static IEnumerable<Cell> Cells(JsonObject tree, ExperimentSettings experiment)
    {
        IEnumerable<Cell> cells = [new Cell([], tree)];
        if (experiment.Variants.Count > 0)
        {
            cells = Along(cells, experiment.Variants, "experiment.variants");
        }

        foreach (var (axis, points) in experiment.Axes)
        {
            var path = SettingPath.Join("experiment.axes", SettingName.Checked(axis, "experiment.axes"));
            cells = Along(cells, points is JsonObject { Count: > 0 } named
                ? named
                : throw new SettingException(
                    path, "must be a block of named overrides, such as { \"one step\" { learning.local-steps = 1 } }"), path);
        }

        foreach (var (path, values) in experiment.Grid)
        {
            cells = Along(cells, path, values, $"experiment.grid.{SettingPath.Join("", path)}");
        }

        return cells;
    }

    /// <summary>Every cell with each of an axis's overrides.</summary>
    private static IEnumerable<Cell> Along(IEnumerable<Cell> cells, JsonObject points, string path)
    {
        var overrides = points
            .Select(point => (Name: SettingName.Checked(point.Key, path), Tree: Overrides(point.Value, SettingPath.Join(path, point.Key))))
            .ToList();
        return cells.SelectMany(cell => overrides.Select(point =>
            new Cell([.. cell.Values, point.Name], SettingsTree.Merge(cell.Tree, point.Tree))));
    }

    /// <summary>Every cell with each value of a path.</summary>
    private static IEnumerable<Cell> Along(IEnumerable<Cell> cells, string changed, JsonNode? values, string path)
    {
        Reject(changed, path);
        var list = values is JsonArray { Count: > 0 } some ? some
            : throw new SettingException(path, "must be a list of values, under a path in quotes such as \"learning.step-size\"");
        var names = Names([.. list.Select(value => value is JsonValue ? value.ToString() : HoconWriter.Inline(value))]);
        return cells.SelectMany(cell => list.Zip(names, (value, name) => new Cell(
            [.. cell.Values, name], SettingsTree.Merge(cell.Tree, SettingsTree.Layer(changed, value)))));
    }

    /// <summary>What tells values apart: of absolute paths, what is behind the folders that all of them have in common.</summary>
    private static string[] Names(string[] values)
    {
        string[] paths = [.. values.Where(Path.IsPathFullyQualified)];
        var folder = Path.GetDirectoryName(paths.FirstOrDefault() ?? "");
        while (folder is not null && !Array.TrueForAll(paths, path => path.StartsWith(InFolder(folder), StringComparison.Ordinal)))
        {
            folder = Path.GetDirectoryName(folder);
        }

        return [.. values.Select(value => folder is not null && Path.IsPathFullyQualified(value)
            ? value[InFolder(folder).Length..].Replace(Path.DirectorySeparatorChar, '/')
            : value)];

        static string InFolder(string folder) => Path.EndsInDirectorySeparator(folder) ? folder : folder + Path.DirectorySeparatorChar;
    }

    private static JsonObject Overrides(JsonNode? overrides, string path)
    {
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
            throw new SettingException(
                path, $"must not change {owner}, which belongs to the whole run{(owner == "seed" ? "; use experiment.seeds" : "")}");
        }
    }
}
