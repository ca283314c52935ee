using System.Text.Json;
using System.Text.Json.Nodes;
using FLCrowd.Experiments.Folders;
using FLCrowd.Experiments.Results;

namespace FLCrowd.Host.Terminal;

/// <summary>What <c>--json</c> prints: what every run has, then what its kind finds, by name; the tables of kinds that have nothing by
/// name.</summary>
internal static class JsonReport
{
    private const string Tables = "tables";

    /// <summary>Members that are there for every run, so that nobody needs to ask whether they are, in their order.</summary>
    private static readonly string[] Known =
        ["cells", "regret", "claims", "dynamics", "tuned_step_sizes", "tuned_protocols", "population", "failed_games"];

    public static JsonObject Of(RunRecord record, Findings? findings, RunDirectory directory)
    {
        var json = (JsonObject)JsonSerializer.SerializeToNode(
            new Envelope(
                record.Experiment,
                record.Status,
                record.Failure,
                record.Seed,
                directory.Exists ? Path.GetFullPath(directory.Path) : null,
                record.EpisodesRecorded,
                record.ClientUpdates,
                record.UpdatesPerSecond,
                record.Seconds),
            RunRecord.Json)!;
        var details = (findings?.Details ?? []).ToDictionary(detail => detail.Name, detail => detail.Value?.DeepClone());
        details["tuned_step_sizes"] = OrNull(record.TunedStepSizes);
        details["tuned_protocols"] = OrNull(record.TunedProtocols ?? []);
        details["failed_games"] = OrNull(record.FailedGames);
        details.TryAdd("cells", new JsonArray());
        foreach (var name in Known.Concat(details.Keys.Except(Known)))
        {
            json[name] = details.GetValueOrDefault(name);
        }

        if (findings is { Details: [], Items.Count: > 0 })
        {
            json[Tables] = new JsonArray([.. findings.Tables.Select(Table)]);
        }

        return json;
    }

    /// <summary>A table with its columns and its typed cells.</summary>
    public static JsonNode Table(FindingTable table) => new JsonObject
    {
        ["title"] = table.Title,
        ["note"] = table.Notes,
        ["columns"] = new JsonArray([.. table.Columns.Select(column => new JsonObject
        {
            ["name"] = column.Name, ["unit"] = column.Unit, ["meaning"] = column.Meaning,
        })]),
        ["rows"] = new JsonArray([.. table.Rows.Select(row => new JsonArray([.. row.Select(cell => cell.Json)]))]),
    };

    private static JsonNode? OrNull<T>(IReadOnlyList<T> values) =>
        values.Count > 0 ? JsonSerializer.SerializeToNode(values, RunRecord.Json) : null;

    private sealed record Envelope(
        string Experiment,
        RunStatus Status,
        string? Failure,
        ulong Seed,
        string? Directory,
        int EpisodesRecorded,
        long ClientUpdates,
        double UpdatesPerSecond,
        double Seconds);
}
