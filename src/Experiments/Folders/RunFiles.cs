using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using FLCrowd.Actors.Recording;
using FLCrowd.Experiments.Identity;
using FLCrowd.Experiments.Tables;

namespace FLCrowd.Experiments.Folders;

/// <summary>What a run writes into its folder, by name: nothing else in there is ever deleted, since it is somebody else's.</summary>
internal static partial class RunFiles
{
    /// <summary>The tables of every run; others are in its record.</summary>
    private static readonly string[] EveryRun =
    [
        .. GameTables.All.SelectMany(table => (string[])[table.File, ParquetFile.NameOf(table)]),
        "terms.csv", "holdings.csv", "expected.csv", "terms.parquet", "holdings.parquet", "expected.parquet",
    ];

    private static readonly string[] Names =
    [
        .. EveryRun, RunDirectory.ReportFile, .. JournalStore.FilesOf(RunDirectory.JournalFile),

        // The record last: as long as something is left, this is a run.
        RunDirectory.RecordFile,
    ];

    /// <summary>Whether there is nothing in a folder but what runs lock it with.</summary>
    public static bool IsEmpty(string folder) =>
        Directory.EnumerateFileSystemEntries(folder).All(entry => Path.GetFileName(entry) == RunDirectory.LockFile);

    /// <summary>Deletes what a run, or a collection and its runs, wrote.</summary>
    public static void Delete(string folder)
    {
        var record = Record(folder);
        foreach (var part in Listed(record, "parts").Select(part => Path.Combine(folder, part)).Where(Directory.Exists))
        {
            Delete(part);
            Disk.Try(() => Directory.Delete(part));
        }

        var plots = Path.Combine(folder, RunDirectory.PlotsFolder);
        if (Directory.Exists(plots))
        {
            DeletePlots(plots);
        }

        var curves = Path.Combine(folder, RunLayout.TensorBoardFolder);
        if (Directory.Exists(curves))
        {
            DeleteCurves(curves);
        }

        foreach (var name in Listed(record, "files").Where(name => TableName().IsMatch(name)).Concat(Names))
        {
            // A process that was killed leaves drafts.
            foreach (var file in Directory.GetFiles(folder, name).Concat(Directory.GetFiles(folder, $"{name}.*.new")))
            {
                File.Delete(file);
            }
        }
    }

    /// <summary>A run has every plot twice.</summary>
    private static void DeletePlots(string folder)
    {
        foreach (var plot in Directory.EnumerateFiles(folder, "*.svg")
            .Where(plot => File.Exists(Path.ChangeExtension(plot, "png"))).ToList())
        {
            File.Delete(plot);
            File.Delete(Path.ChangeExtension(plot, "png"));
        }

        Disk.Try(() => Directory.Delete(folder));
    }

    /// <summary>Folders stay that hold something else.</summary>
    private static void DeleteCurves(string folder)
    {
        var own = new EnumerationOptions { AttributesToSkip = FileAttributes.ReparsePoint };
        foreach (var inner in Directory.GetDirectories(folder, "*", own))
        {
            DeleteCurves(inner);
        }

        foreach (var file in Directory.GetFiles(folder, $"{RunLayout.TensorBoardFile}*"))
        {
            File.Delete(file);
        }

        Disk.Try(() => Directory.Delete(folder));
    }

    /// <summary>Names that the record lists; none of them leads out of the folder.</summary>
    private static List<string> Listed(JsonNode? record, string key) =>
        [.. (record?[key] as JsonArray ?? []).Select(name => name?.ToString() ?? "")
            .Where(name => name.Length > 0 && name == Path.GetFileName(name))];

    /// <summary>A table, or numbered ones: whatever else a record lists is not the run's.</summary>
    [GeneratedRegex(@"^[\w-]+(-\*)?\.(csv|nfg|parquet)$")]
    private static partial Regex TableName();

    private static JsonNode? Record(string folder)
    {
        try
        {
            return JsonNode.Parse(File.ReadAllText(Path.Combine(folder, RunDirectory.RecordFile))) as JsonObject;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException || Disk.IsFault(e))
        {
            return null;
        }
    }
}
