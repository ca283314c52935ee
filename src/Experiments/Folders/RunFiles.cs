using System.Text.Json;
using System.Text.Json.Nodes;
using FLCrowd.Actors.Recording;
using FLCrowd.Experiments.Kinds;
using FLCrowd.Experiments.Tables;

namespace FLCrowd.Experiments.Folders;

/// <summary>What a run writes into its folder, by name: nothing else in there is ever deleted, since it is somebody else's.</summary>
internal static class RunFiles
{
    private static readonly string[] Names =
    [
        .. KindTables.All.SelectMany(table => (string[])[table.File, ParquetFile.NameOf(table)]),
        "game.nfg", "game-*.nfg", RunDirectory.ReportFile, .. JournalStore.FilesOf(RunDirectory.JournalFile),

        // The record last: as long as something is left, this is a run.
        RunDirectory.RecordFile,
    ];

    /// <summary>Whether there is nothing in a folder but what runs lock it with.</summary>
    public static bool IsEmpty(string folder) =>
        Directory.EnumerateFileSystemEntries(folder).All(entry => Path.GetFileName(entry) == RunDirectory.LockFile);

    /// <summary>Deletes what a run, or a collection and its runs, wrote.</summary>
    public static void Delete(string folder)
    {
        foreach (var part in Parts(folder).Select(part => Path.Combine(folder, part)).Where(Directory.Exists))
        {
            Delete(part);
            Disk.Try(() => Directory.Delete(part));
        }

        var plots = Path.Combine(folder, RunDirectory.PlotsFolder);
        if (Directory.Exists(plots))
        {
            DeletePlots(plots);
        }

        foreach (var name in Names)
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
        foreach (var plot in Directory.EnumerateFiles(folder, "*.svg").Where(plot => File.Exists(Path.ChangeExtension(plot, "png"))).ToList())
        {
            File.Delete(plot);
            File.Delete(Path.ChangeExtension(plot, "png"));
        }

        Disk.Try(() => Directory.Delete(folder));
    }

    private static IEnumerable<string> Parts(string folder)
    {
        try
        {
            return JsonNode.Parse(File.ReadAllText(Path.Combine(folder, RunDirectory.RecordFile)))?["parts"] is JsonArray parts
                ? [.. parts.Select(part => Path.GetFileName(part!.ToString()))]
                : [];
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException || Disk.IsFault(e))
        {
            return [];
        }
    }
}
