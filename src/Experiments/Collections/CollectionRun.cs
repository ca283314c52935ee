using System.Text.Json.Nodes;
using FLCrowd.Actors.Recording;
using FLCrowd.Experiments.Configuration;
using FLCrowd.Experiments.Folders;
using FLCrowd.Experiments.Hocon;
using FLCrowd.Experiments.Kinds;
using FLCrowd.Experiments.Loading;
using FLCrowd.Experiments.Nodes;
using FLCrowd.Experiments.Runs;

namespace FLCrowd.Experiments.Collections;

/// <summary>Runs the experiments of a collection, each into its own sub-folder, and reports on all of them.</summary>
/// <param name="observer">Told how it goes.</param>
/// <param name="kinds">All kinds of experiments.</param>
/// <param name="prepare">Reads and checks one of the experiments.</param>
/// <param name="run">Runs one.</param>
/// <param name="resume">Goes on with one in its folder.</param>
internal sealed class CollectionRun(
    IRunObserver observer,
    ExperimentKinds kinds,
    Func<ExperimentSource, RunRequest, AskedVariables, (PreparedRun Run, PluginCatalog Catalog)> prepare,
    Func<RunRequest, Task<RunOutcome>> run,
    Func<string, RunRequest, Task<RunOutcome>> resume)
{
    /// <summary>Goes on with a collection that did not come to its end.</summary>
    /// <param name="directory">Its folder, which nobody else works on.</param>
    /// <param name="request">How to go on with it; what to run is in the folder.</param>
    /// <exception cref="SettingException">The collection is not what it was, or this program is not.</exception>
    public async Task<RunOutcome> ResumeAsync(RunDirectory directory, RunRequest request)
    {
        var record = directory.Read();
        RunIdentity.Check(directory, record);
        var first = record.Request!;
        var again = first with
        {
            Threads = request.Threads ?? first.Threads,
            Workers = request.Workers,
            Cluster = request.Cluster,
            Shared = request.Shared,
            FromLastGood = request.FromLastGood,
            Json = request.Json,
        };
        var variables = new AskedVariables(first.Variables);
        var collection = Collection.Of(ExperimentSources.Find(first.Experiment, first.Folder), variables, first.Folder);
        return collection is not null && JsonNode.DeepEquals(JsonNode.Parse(collection.Configuration.ToJsonString()), record.Configuration)
            ? await RunAsync(again, collection, variables, directory)
            : throw RunIdentity.Changed(first.Experiment, record);
    }

    /// <param name="request">What the user asked for; when the collection is resumed, what the user asked for at first.</param>
    /// <param name="collection">The collection.</param>
    /// <param name="variables">The environment.</param>
    /// <param name="resumed">The folder of a collection that did not come to its end; null: a new one is made.</param>
    public async Task<RunOutcome> RunAsync(
        RunRequest request, Collection collection, AskedVariables variables, RunDirectory? resumed = null)
    {
        // All of it is valid before anything starts.
        var parts = collection.Parts.Select(part => (Source: part, Prepared: prepare(part, request, variables))).ToList();
        parts.ForEach(part => part.Prepared.Catalog.Dispose());
        request = request with { Variables = variables.Asked };
        _ = NodesRequest.Of(request, parts[0].Prepared.Run.Process.Telemetry);
        var clock = TimeProvider.System;
        using var begun = resumed is null ? RunDirectory.Prepare(request.Out, collection.Source.Name, request.Overwrite, clock) : null;
        var directory = resumed ?? begun!;
        var record = resumed?.Read().Resumed() ?? Begin(collection, [.. parts.Select(part => part.Prepared.Run)], request, clock);
        long start = clock.GetTimestamp();
        RunOutcome? last;
        try
        {
            directory.Write(record);
            await using var workers = await WorkersAsync(request, parts, record, directory.Path);
            last = await RunPartsAsync(
                request with { Shared = workers?.Invitation },
                [.. parts.Select(part => (part.Source, part.Prepared.Run))], directory, clock);
        }
        catch (Exception e)
        {
            // What the other parts did stays, and is reported, as far as that can be.
            Disk.Try(() =>
            {
                directory.Write(Ended(record, RunStatus.Failed, directory, clock.GetElapsedTime(start)) with { Failure = e.Message });
                RunReport.Write(directory.Path, observer, kinds);
            });
            if (e is DiskException)
            {
                throw Stopped(e, directory);
            }

            throw;
        }

        record = Ended(record, last?.Record.Status ?? RunStatus.Completed, directory, clock.GetElapsedTime(start));
        RunOutcome outcome;
        try
        {
            directory.Write(record);
            outcome = new RunOutcome(directory, record, RunReport.Write(directory.Path, observer, kinds))
            {
                IsBadInput = last?.IsBadInput ?? false,
            };
        }
        catch (DiskException e)
        {
            throw Stopped(e, directory);
        }

        observer.End(outcome);
        return outcome;
    }

    private static IOException Stopped(Exception e, RunDirectory directory) =>
        new($"{e.Message}; once that is mended, go on with: flcrowd resume {directory.Path}", e);

    /// <summary>Worker processes that all parts play on, one after the other.</summary>
    private static async Task<RunNodes?> WorkersAsync(
        RunRequest request, List<(ExperimentSource Source, (PreparedRun Run, PluginCatalog Catalog) Prepared)> parts, RunRecord record,
        string folder)
    {
        var process = parts[0].Prepared.Run.Process;
        return request.Workers is null
            ? null
            : await RunNodes.StartAsync(
                Plugins.Catalog(
                    parts.SelectMany(part => PluginFile.Of(part.Prepared.Run.Configuration, request.Plugins, request.Folder))),
                process.Threads, NodesRequest.Of(request, process.Telemetry).Of(record, folder), journals: null, CancellationToken.None);
    }

    /// <summary>Runs the parts until one does not end well.</summary>
    /// <returns>That one; null: all ended well.</returns>
    private async Task<RunOutcome?> RunPartsAsync(
        RunRequest request, IReadOnlyList<(ExperimentSource Source, PreparedRun Run)> parts, RunDirectory directory, TimeProvider clock)
    {
        var done = new List<(PreparedRun Run, string Folder)>();
        foreach (var (source, part) in parts)
        {
            var folder = directory.PathOf(source.Name);
            if (Directory.Exists(folder) && !RunDirectory.IsRun(folder))
            {
                // Its process was killed before it was a run.
                RunFiles.Delete(folder);
            }

            if (!RunDirectory.IsRun(folder) && done.Find(earlier => PlaysTheSame(earlier.Run, part)).Folder is { } played)
            {
                TakeOver(played, folder, part, request with { Experiment = source.Argument }, clock);
            }
            else if (await RunPartAsync(request with { Experiment = source.Argument, Out = folder, IsPart = true }, folder)
                is { Record.Status: not RunStatus.Completed } stopped)
            {
                return stopped;
            }

            done.Add((part, folder));
        }

        return null;
    }

    private Task<RunOutcome> RunPartAsync(RunRequest request, string folder) =>
        RunDirectory.IsRun(folder) ? resume(folder, request) : run(request);

    private static RunRecord Begin(Collection collection, IReadOnlyList<PreparedRun> runs, RunRequest request, TimeProvider clock) =>
        NewRecord.Of(runs[0] with { Configuration = collection.Configuration }, request.Reproduce(runs[0].Seed), clock) with
        {
            Experiment = collection.Source.Name,
            Asked = collection.Source.Asked,
            Run = null,
            Request = request with
            {
                Seed = runs[0].Seed,
                Out = null,
                Overwrite = false,
                Json = false,
                Folder = request.Folder ?? Environment.CurrentDirectory,
            },
            Parts = [.. collection.Parts.Select(part => part.Name)],
            Games = runs.Sum(run => run.Plan.Games.Count),
            EpisodesPlanned = runs.Sum(run => run.Plan.Episodes),
            Swept = [],
        };

    /// <summary>What became of the parts, those that took over an earlier one's tables left out of what was worked.</summary>
    private static RunRecord Ended(RunRecord record, RunStatus status, RunDirectory directory, TimeSpan elapsed)
    {
        var parts = record.Parts!.Select(directory.PathOf).Where(RunDirectory.IsRun)
            .Select(folder => RunDirectory.Open(folder).Read()).ToList();
        long updates = parts.Sum(part => part.ClientUpdates);
        return record with
        {
            Status = status,
            Failure = parts.Find(part => part.Failure is not null)?.Failure,
            EpisodesRecorded = parts.Sum(part => part.EpisodesRecorded),
            ClientUpdates = updates,
            DroppedMessages = parts.Sum(part => part.DroppedMessages),
            Seconds = Math.Round(elapsed.TotalSeconds, 3),
            UpdatesPerSecond = Math.Round(updates / Math.Max(elapsed.TotalSeconds, 1e-3), 1),
            Versions = RunVersions.Current(),
        };
    }

    /// <summary>Whether two experiments differ only in the figure that their tables are drawn as.</summary>
    private static bool PlaysTheSame(PreparedRun first, PreparedRun second) =>
        JsonNode.DeepEquals(WithoutFigure(first.Configuration), WithoutFigure(second.Configuration));

    private static JsonObject WithoutFigure(JsonObject configuration)
    {
        var tree = (JsonObject)configuration.DeepClone();
        ((JsonObject)tree["experiment"]!).Remove("figure");
        return tree;
    }

    /// <summary>Makes a run's folder out of the tables of another one that played the same.</summary>
    private void TakeOver(string played, string folder, PreparedRun run, RunRequest request, TimeProvider clock)
    {
        using var directory = RunDirectory.Prepare(folder, run.Plan.Name, request.Overwrite, clock);
        foreach (var table in WrittenTables.OfEveryRun.Select(table => table.File)
            .Where(table => File.Exists(Path.Combine(played, table))))
        {
            Disk.Write(directory.PathOf(table), copy =>
            {
                using var original = File.OpenRead(Path.Combine(played, table));
                original.CopyTo(copy);
            });
        }

        directory.Write(RunDirectory.Open(played).Read() with
        {
            Experiment = run.Plan.Name,
            Asked = ExperimentSources.Find(request.Experiment, request.Folder).Asked,
            Command = request.Reproduce(run.Seed),
            Configuration = run.Configuration,
            ClientUpdates = 0,
            UpdatesPerSecond = 0,
            Seconds = 0,
        });
        observer.End(new RunOutcome(directory, directory.Read(), RunReport.Write(folder, observer, kinds)) { IsPart = true });
    }
}
