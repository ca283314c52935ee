using System.Text.Json.Nodes;
using FLCrowd.Actors.Recording;
using FLCrowd.Host.Configuration;
using FLCrowd.Host.Hocon;
using FLCrowd.Host.Loading;
using FLCrowd.Host.Reports;
using FLCrowd.Host.Running;
using FLCrowd.Host.Terminal;

namespace FLCrowd.Host.Commands;

/// <summary>Runs the experiments of a collection, each into its own sub-folder, and reports on all of them.</summary>
internal static class CollectionRun
{
    /// <param name="request">What the user asked for; when the collection is resumed, what the user asked for at first.</param>
    /// <param name="collection">The collection.</param>
    /// <param name="variables">The environment.</param>
    /// <param name="resumed">The folder of a collection that did not come to its end; null: a new one is made.</param>
    public static async Task<int> RunAsync(RunRequest request, Collection collection, AskedVariables variables, RunDirectory? resumed = null)
    {
        // All of it is valid before anything starts.
        var parts = collection.Parts
            .Select(part => (Source: part, Run: Build(part, request, variables)))
            .ToList();
        request = request with { Variables = variables.Asked };
        _ = NodesRequest.Of(request);
        if (request.DryRun)
        {
            var runs = parts.Select(part => (part.Run, Plugins.Catalog(Files(part.Source, part.Run.Configuration, request))));
            return await DryRun.RunAsync(collection.Source.Name, [.. runs], request);
        }

        var clock = TimeProvider.System;
        using var begun = resumed is null ? RunDirectory.Prepare(request.Out, collection.Source.Name, request.Overwrite, clock) : null;
        var directory = resumed ?? begun!;
        var record = resumed?.Read().Resumed() ?? Begin(collection, [.. parts.Select(part => part.Run)], request, clock);
        long start = clock.GetTimestamp();
        int exit;
        try
        {
            directory.Write(record);
            await using var workers = await WorkersAsync(request, parts);
            exit = await RunPartsAsync(request with { Shared = workers?.Invitation }, parts, directory, clock);
        }
        catch (Exception e)
        {
            // What the other parts did stays, and is reported, as far as that can be.
            Disk.Try(() =>
            {
                directory.Write(Ended(record, ExitCode.RunFailed, directory, clock.GetElapsedTime(start)) with { Failure = e.Message });
                Report.Write(directory.Path);
            });
            if (e is DiskException)
            {
                throw Stopped(e, directory);
            }

            throw;
        }

        record = Ended(record, exit, directory, clock.GetElapsedTime(start));
        RunSummary summary;
        try
        {
            directory.Write(record);
            summary = Report.Write(directory.Path);
        }
        catch (DiskException e)
        {
            throw Stopped(e, directory);
        }

        new RunTerminal(request.Json).Conclude(record, summary, directory);
        return exit;
    }

    private static IOException Stopped(Exception e, RunDirectory directory) =>
        new($"{e.Message}; once that is mended, go on with: flcrowd resume {directory.Path}", e);

    /// <summary>Worker processes that all parts play on, one after the other.</summary>
    private static async Task<RunNodes?> WorkersAsync(RunRequest request, List<(ExperimentSource Source, PreparedRun Run)> parts) => request.Workers is null
        ? null
        : await RunNodes.StartAsync(
            Plugins.Catalog(parts.SelectMany(part => Files(part.Source, part.Run.Configuration, request))),
            parts[0].Run.Process.Threads, NodesRequest.Of(request), journals: null, CancellationToken.None);

    private static PreparedRun Build(ExperimentSource part, RunRequest request, AskedVariables variables)
    {
        var tree = Experiments.Resolve(part, request.AllOverrides, request.Seed, variables);
        return PlanBuilder.Build(part.Name, tree, Plugins.Catalog(Files(part, tree, request)));
    }

    private static IEnumerable<PluginFile> Files(ExperimentSource part, JsonObject tree, RunRequest request) =>
        PluginFile.Of(tree, part.Folder, request.Plugins);

    /// <summary>Runs the parts until one does not end well.</summary>
    private static async Task<int> RunPartsAsync(
        RunRequest request, IReadOnlyList<(ExperimentSource Source, PreparedRun Run)> parts, RunDirectory directory, TimeProvider clock)
    {
        var done = new List<(PreparedRun Run, string Folder)>();
        foreach (var (source, run) in parts)
        {
            var folder = directory.PathOf(source.Name);
            if (Directory.Exists(folder) && !RunDirectory.IsRun(folder))
            {
                // Its process was killed before it was a run.
                RunFiles.Delete(folder);
            }

            if (!RunDirectory.IsRun(folder) && done.Find(earlier => PlaysTheSame(earlier.Run, run)).Folder is { } played)
            {
                TakeOver(played, folder, run, request with { Experiment = source.Argument }, clock);
            }
            else if (await RunPartAsync(request with { Experiment = source.Argument, Out = folder, IsPart = true }, folder) is var exit and not ExitCode.Done)
            {
                return exit;
            }

            done.Add((run, folder));
        }

        return ExitCode.Done;
    }

    private static Task<int> RunPartAsync(RunRequest request, string folder) =>
        RunDirectory.IsRun(folder) ? ResumeCommand.ResumeAsync(folder, request) : RunCommand.RunAsync(request);

    private static RunRecord Begin(Collection collection, IReadOnlyList<PreparedRun> runs, RunRequest request, TimeProvider clock) =>
        RunRecord.Begin(runs[0] with { Configuration = collection.Configuration }, request.Reproduce(runs[0].Seed), clock) with
        {
            Experiment = collection.Source.Name,
            Run = null,
            Request = request with { Seed = runs[0].Seed, Out = null, Overwrite = false, Json = false },
            Parts = [.. collection.Parts.Select(part => part.Name)],
            Games = runs.Sum(run => run.Plan.Games.Count),
            EpisodesPlanned = runs.Sum(run => run.Plan.Episodes),
            Swept = [],
        };

    /// <summary>What became of the parts, those that took over an earlier one's tables left out of what was worked.</summary>
    private static RunRecord Ended(RunRecord record, int exit, RunDirectory directory, TimeSpan elapsed)
    {
        var parts = record.Parts!.Select(directory.PathOf).Where(RunDirectory.IsRun).Select(folder => RunDirectory.Open(folder).Read()).ToList();
        long updates = parts.Sum(part => part.ClientUpdates);
        return record with
        {
            Status = exit switch
            {
                ExitCode.Done => RunStatus.Completed,
                ExitCode.Interrupted => RunStatus.Interrupted,
                _ => RunStatus.Failed,
            },
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
    private static void TakeOver(string played, string folder, PreparedRun run, RunRequest request, TimeProvider clock)
    {
        using var directory = RunDirectory.Prepare(folder, run.Plan.Name, request.Overwrite, clock);
        foreach (var table in RunFiles.Tables.Append(TermsTable.File).Where(table => File.Exists(Path.Combine(played, table))))
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
            Command = request.Reproduce(run.Seed),
            Configuration = run.Configuration,
            ClientUpdates = 0,
            UpdatesPerSecond = 0,
            Seconds = 0,
        });
        new RunTerminal(request.Json, isPart: true).Conclude(directory.Read(), Report.Write(folder), directory);
    }
}
