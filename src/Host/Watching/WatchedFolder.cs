using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json.Nodes;
using FLCrowd.Experiments.Folders;

namespace FLCrowd.Host.Watching;

/// <summary>What is watched: a run, or the runs of a folder, which may come and go.</summary>
/// <param name="folder">A run's folder, that of a collection, or one with folders of runs in it.</param>
/// <param name="clock">For how often is looked.</param>
internal sealed class WatchedFolder(string folder, TimeProvider clock)
{
    private readonly ConcurrentDictionary<string, WatchedRun> _runs = new(StringComparer.Ordinal);
    private (string Folder, LiveFeed Feed)? _live;

    /// <summary>Whether there is one run to show, and no list.</summary>
    public bool IsOfOneRun { get; } = IsOne(folder);

    /// <summary>What may be watched in a folder.</summary>
    /// <exception cref="SettingException">Nothing.</exception>
    public static WatchedFolder Of(string folder, TimeProvider clock) => !Directory.Exists(folder)
        ? throw new SettingException(
            folder, "is not there; what can be watched is a run's folder, or one with such folders in it, such as runs")
        : RunDirectory.IsRun(folder) || Names(folder).Any()
            ? new WatchedFolder(folder, clock)
            : throw new SettingException(folder, "is not the folder of a run, and has none in it");

    /// <summary>A run of it is played in this process.</summary>
    public void PlayedHere(string run, LiveFeed feed)
    {
        _live = (Path.GetFullPath(run), feed);
        _runs.Clear();
    }

    /// <summary>One of the runs; null: there is none of that name.</summary>
    /// <param name="name">Its folder's name; null where there is one run only.</param>
    public WatchedRun? Find(string? name)
    {
        if (name is null)
        {
            return IsOfOneRun ? Watched("", folder) : null;
        }

        // Names of folders that are there, and nothing that leads elsewhere.
        return Names(folder).Contains(name) ? Watched(name, Path.Combine(folder, name)) : null;
    }

    /// <summary>All runs, newest first.</summary>
    public JsonArray List() => new([.. Names(folder).Select(Entry).OfType<(DateTimeOffset Started, JsonObject Run)>()
        .OrderByDescending(entry => entry.Started).Select(entry => (JsonNode)entry.Run)]);

    private WatchedRun Watched(string name, string path) => _runs.GetOrAdd(name, _ => new WatchedRun(
        path, _live is { } live && live.Folder == Path.GetFullPath(path) ? live.Feed : null, clock));

    private (DateTimeOffset, JsonObject)? Entry(string name)
    {
        try
        {
            var record = RunDirectory.Open(Path.Combine(folder, name)).Read();
            return (record.Started, new JsonObject
            {
                ["name"] = name,
                ["experiment"] = record.Experiment,
                ["kind"] = record.Kind,
                ["status"] = record.Status.ToString().ToLowerInvariant(),
                ["started"] = record.Started.ToString("d MMMM yyyy, HH:mm", CultureInfo.InvariantCulture),
                ["episodes"] = record.EpisodesRecorded,
                ["episodesPlanned"] = record.EpisodesPlanned,
                ["isCollection"] = record.Parts is not null,
            });
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or SettingException)
        {
            return null;
        }
    }

    private static bool IsOne(string folder)
    {
        try
        {
            return RunDirectory.IsRun(folder) && RunDirectory.Open(folder).Read().Parts is null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return true;
        }
    }

    private static IEnumerable<string> Names(string folder) =>
        Directory.EnumerateDirectories(folder).Where(RunDirectory.IsRun).Select(path => Path.GetFileName(path));
}
