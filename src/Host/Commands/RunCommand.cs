using System.CommandLine;
using FLCrowd.Experiments;
using FLCrowd.Experiments.Folders;

namespace FLCrowd.Host.Commands;

/// <summary><c>flcrowd run EXPERIMENT</c>.</summary>
internal static class RunCommand
{
    public static Command Create()
    {
        var experiment = Argued.Text("EXPERIMENT", "A file, or a name that `flcrowd list experiments` shows.");
        var overrides = new Option<string[]>("--set")
        {
            Description = "Changes a setting: path=value, such as learning.rounds=20. May be repeated.",
            HelpName = "PATH=VALUE",
            DefaultValueFactory = _ => [],
        };
        var plugins = Argued.Plugins();
        var seed = Argued.Seed();
        var directory = Argued.Text("--out", "DIR", "The folder for results; by default a new one below ./runs.");
        var threads = Argued.Count("--threads", "K", "Training threads; by default one per core. Does not change results.");
        var workers = Argued.Count(
            "--workers", "N",
            "Plays on this many worker processes on this machine, each with its share of the threads. Does not change results.");
        var cluster = Argued.Text(
            "--cluster", "FILE",
            "Plays on the workers of a cluster, or sets up those of --workers (docs/cluster.md). Does not change results.");
        var overwrite = new Option<bool>("--overwrite") { Description = "Allows --out to be an earlier run, which is replaced." };
        var (parquet, tensorBoard) = (Argued.Parquet(), Argued.TensorBoard());
        var watch = Argued.Watch();
        var dryRun = new Option<bool>("--dry-run")
        {
            Description = "Says how many games, how much time and how much memory it would take; plays no game and writes nothing.",
        };
        var json = new Option<bool>("--json") { Description = "Prints one JSON object on standard output, and nothing else there." };

        var command = new Command("run", "Runs an experiment.")
        {
            experiment, overrides, plugins, seed, directory, threads, workers, cluster, overwrite, parquet, tensorBoard, watch,
            dryRun, json,
        };
        command.SetAction((parsed, _) => RunAsync(Argued.LookOf(parsed.GetValue(watch)), new RunRequest(parsed.GetRequiredValue(experiment))
        {
            Overrides = parsed.GetValue(overrides) ?? [],
            Plugins = parsed.GetValue(plugins) ?? [],
            Seed = parsed.GetValue(seed),
            Out = parsed.GetValue(directory),
            Threads = parsed.GetValue(threads),
            Workers = parsed.GetValue(workers),
            Cluster = parsed.GetValue(cluster),
            Overwrite = parsed.GetValue(overwrite),
            Parquet = parsed.GetValue(parquet),
            TensorBoard = parsed.GetValue(tensorBoard),
            DryRun = parsed.GetValue(dryRun),
            Json = parsed.GetValue(json),
        }));
        return command;
    }

    /// <summary>Runs, or with --dry-run says what that would take.</summary>
    public static Task<int> RunAsync(Look look, RunRequest request) => request.DryRun
        ? DryRun.RunAsync(request)
        : Watched.RunAsync(look, request.Json, (observer, cancel) => new Laboratory().RunAsync(request, observer, cancel));
}
