using System.CommandLine;
using FLCrowd.Host.Configuration;
using FLCrowd.Host.Hocon;
using FLCrowd.Host.Loading;
using FLCrowd.Host.Running;
using FLCrowd.Host.Terminal;

namespace FLCrowd.Host.Commands;

/// <summary><c>flcrowd run EXPERIMENT</c>.</summary>
internal static class RunCommand
{
    public static Command Create()
    {
        var experiment = Argued.Text("EXPERIMENT", "A file, or a name that `flcrowd list experiments` shows.");
        var overrides = new Option<string[]>("--set") { Description = "Changes a setting: path=value, such as learning.rounds=20. May be repeated.", HelpName = "PATH=VALUE", DefaultValueFactory = _ => [] };
        var plugins = PluginFile.Option();
        var seed = Argued.Seed();
        var directory = Argued.Text("--out", "DIR", "The folder for results; by default a new one below ./runs.");
        var threads = Argued.Count("--threads", "K", "Training threads; by default one per core. Does not change results.");
        var workers = Argued.Count("--workers", "N", "Plays on this many worker processes on this machine, each with its share of the threads. Does not change results.");
        var cluster = Argued.Text("--cluster", "FILE", "Plays on the workers of a cluster, or sets up those of --workers (docs/cluster.md). Does not change results.");
        var overwrite = new Option<bool>("--overwrite") { Description = "Allows --out to be an earlier run, which is replaced." };
        var dryRun = new Option<bool>("--dry-run") { Description = "Says how many games, how much time and how much memory it would take; plays no game and writes nothing." };
        var json = new Option<bool>("--json") { Description = "Prints one JSON object on standard output, and nothing else there." };

        var command = new Command("run", "Runs an experiment.") { experiment, overrides, plugins, seed, directory, threads, workers, cluster, overwrite, dryRun, json };
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
            DryRun = parsed.GetValue(dryRun),
            Json = parsed.GetValue(json),
        }));
        return command;
    }

    /// <summary>Checks everything, then runs, records and reports.</summary>
    public static async Task<int> RunAsync(RunRequest request)
    {
        var source = Experiments.Find(request.Experiment);
        var variables = new AskedVariables(request.Variables);
        if (Collection.Of(source, variables) is { } collection)
        {
            return await CollectionRun.RunAsync(request, collection, variables);
        }

        var tree = Experiments.Resolve(source, request.AllOverrides, request.Seed, variables);
        request = request with { Variables = variables.Asked };
        var catalog = Plugins.Catalog(PluginFile.Of(tree, source.Folder, request.Plugins));
        var run = PlanBuilder.Build(source.Name, tree, catalog);

        var nodes = NodesRequest.Of(request);
        if (request.DryRun)
        {
            return await DryRun.RunAsync(source.Name, [(run, catalog)], request);
        }

        var constants = ConstantsCache.Open(run.Process.Cache);

        using var directory = RunDirectory.Prepare(request.Out, source.Name, request.Overwrite, TimeProvider.System);
        directory.Write(RunRecord.Begin(run, request.Reproduce(run.Seed), TimeProvider.System) with { Plugins = catalog.Sources });
        return await new RunPlayer(catalog, run, nodes, constants, directory, new RunTerminal(request.Json, request.IsPart)).PlayAsync();
    }
}
