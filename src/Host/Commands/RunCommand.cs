using System.CommandLine;
using FLCrowd.Actors.Experiments;
using FLCrowd.Host.Configuration;
using FLCrowd.Host.Loading;
using FLCrowd.Host.Regret;
using FLCrowd.Host.Reports;
using FLCrowd.Host.Running;
using FLCrowd.Host.Terminal;
using FLCrowd.Host.Tuning;

namespace FLCrowd.Host.Commands;

/// <summary><c>flcrowd run EXPERIMENT</c>.</summary>
internal static class RunCommand
{
    public static Command Create()
    {
        var experiment = new Argument<string>("EXPERIMENT") { Description = "A file, or a name that `flcrowd list experiments` shows." };
        var overrides = new Option<string[]>("--set") { Description = "Changes a setting: path=value, such as learning.rounds=20. May be repeated.", HelpName = "PATH=VALUE", DefaultValueFactory = _ => [] };
        var plugins = PluginFile.Option();
        var seed = new Option<ulong?>("--seed") { Description = "Changes the seed of all random numbers.", HelpName = "N" };
        var directory = new Option<string?>("--out") { Description = "The folder for results; by default a new one below ./runs.", HelpName = "DIR" };
        var threads = new Option<int?>("--threads") { Description = "Training threads; by default one per core. Does not change results.", HelpName = "K" };
        var workers = new Option<int?>("--workers") { Description = "Plays on this many worker processes on this machine, each with its share of the threads. Does not change results.", HelpName = "N" };
        var cluster = new Option<string?>("--cluster") { Description = "Plays on the workers of a cluster (docs/cluster.md). Does not change results.", HelpName = "FILE" };
        var overwrite = new Option<bool>("--overwrite") { Description = "Allows --out to be an earlier run, which is replaced." };
        var json = new Option<bool>("--json") { Description = "Prints one JSON object on standard output, and nothing else there." };

        var command = new Command("run", "Runs an experiment.") { experiment, overrides, plugins, seed, directory, threads, workers, cluster, overwrite, json };
        command.SetAction((parsed, _) => RunAsync(new RunRequest(parsed.GetRequiredValue(experiment))
        {
            Overrides = parsed.GetValue(overrides) ?? [],
            Plugins = parsed.GetValue(plugins) ?? [],
            Seed = parsed.GetValue(seed),
            Out = parsed.GetValue(directory),
            Threads = parsed.GetValue(threads),
            Workers = parsed.GetValue(workers),
            Cluster = parsed.GetValue(cluster),
            Overwrite = parsed.GetValue(overwrite),
            Json = parsed.GetValue(json),
        }));
        return command;
    }

    /// <summary>Checks everything, then runs, records and reports.</summary>
    public static async Task<int> RunAsync(RunRequest request)
    {
        var source = Experiments.Find(request.Experiment);
        if (Collection.Of(source) is { } collection)
        {
            return await CollectionRun.RunAsync(request, collection);
        }

        var tree = Experiments.Resolve(source, request.AllOverrides, request.Seed);
        var catalog = Plugins.Catalog(PluginFile.Of(tree, source.Folder, request.Plugins));
        var run = PlanBuilder.Build(source.Name, tree, catalog);

        var nodes = NodesRequest.Of(request);
        var constants = ConstantsCache.Open(run.Process.Cache);

        using var interruption = new Interruption();
        var clock = TimeProvider.System;
        var directory = RunDirectory.Prepare(request.Out, source.Name, request.Overwrite, clock);
        var record = RunRecord.Begin(run, request.Reproduce(run.Seed), clock) with { Plugins = catalog.Sources };
        directory.Write(record);

        var terminal = new RunTerminal(request.Json, request.IsPart);
        terminal.Announce(record, directory.Path);
        long start = clock.GetTimestamp();
        bool badInput;
        try
        {
            var result = await PlayAsync(catalog, run, nodes, constants, directory, terminal, Prepared, clock, interruption.Token);
            record = record.Ended(result, clock.GetElapsedTime(start));
            badInput = result.IsBadInput;
        }
        catch (SettingException)
        {
            directory.Discard();
            throw;
        }
        catch (Exception e)
        {
            // Whatever the tables hold by now is kept.
            directory.Write(record.Broken(e, clock.GetElapsedTime(start)));
            throw;
        }

        directory.Finish(record);
        var summary = directory.Exists ? Report.Write(directory.Path) : null;
        terminal.Conclude(record, summary, directory);
        return record.Status switch
        {
            RunStatus.Completed => ExitCode.Done,
            RunStatus.Interrupted => ExitCode.Interrupted,
            _ => badInput ? ExitCode.BadInput : ExitCode.RunFailed,
        };

        void Prepared(IReadOnlyList<TunedStepSize> tuned)
        {
            foreach (var stepSize in tuned)
            {
                terminal.Say(stepSize.Sentence);
            }

            directory.Write(record = record with { TunedStepSizes = tuned });
        }
    }

    private static async Task<ExperimentResult> PlayAsync(
        PluginCatalog catalog,
        PreparedRun run,
        NodesRequest nodes,
        ConstantsCache constants,
        RunDirectory directory,
        RunTerminal terminal,
        Action<IReadOnlyList<TunedStepSize>> prepared,
        TimeProvider clock,
        CancellationToken cancel)
    {
        try
        {
            await using var node = await RunNodes.StartAsync(catalog, run.Process.Threads, nodes, cancel);
            int parallelGames = run.Process.ParallelGames ?? node.Threads;
            terminal.Place = node.Describe;
            if (run.Tunings.Any(tuning => tuning is not null))
            {
                terminal.Say("tuning the step size ...");
            }

            var (tuned, stepSizes) = await new StepSizePreparation(catalog, node.System, parallelGames, clock, cancel)
                .PrepareAsync(run.Plan, run.Tunings);
            prepared(stepSizes);
            var preparation = new SurrogatePreparation(catalog, node.System, constants, parallelGames, terminal.Warn, cancel);
            var plan = await preparation.PrepareAsync(tuned);
            if (run.Regret is { } regret)
            {
                return await new RegretRun(node.System, regret, plan, parallelGames, terminal, clock, cancel).PlayAsync(directory.Path);
            }

            TermsTable.Write(directory.Path, preparation.Terms);
            return await terminal.FollowAsync(
                plan, clock, progress => ExperimentRunner.RunAsync(node.System, plan, directory.Path, parallelGames, progress, cancel));
        }
        catch (OperationCanceledException) when (cancel.IsCancellationRequested)
        {
            return new ExperimentResult(ExperimentStatus.Interrupted, null, IsBadInput: false, 0, 0, 0);
        }
    }
}
