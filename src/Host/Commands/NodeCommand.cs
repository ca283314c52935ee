using System.CommandLine;
using FLCrowd.Actors.Network;
using FLCrowd.Experiments.Configuration;
using FLCrowd.Experiments.Loading;
using FLCrowd.Experiments.Nodes;
using FLCrowd.Host.Serving;
using FLCrowd.Host.Shell;

namespace FLCrowd.Host.Commands;

/// <summary><c>flcrowd node</c>: a node of a cluster, which works for the runs of others until it is told to leave.</summary>
internal static class NodeCommand
{
    public static Command Create()
    {
        var file = Argued.Text("--cluster", "FILE", "A file of the form of hocon/cluster.conf; docs/cluster.md explains it.");
        var seed = Argued.Text("--seed", "HOST:PORT", "A node to join, as host:port.");
        var host = Argued.Text("--host", "HOST", "The address of this node for the others; by default the file's, or 127.0.0.1.");
        var port = Argued.Whole("--port", "P", "Its port; by default the file's, or any free one.", 0, ushort.MaxValue);
        var role = new Option<string>("--role")
        {
            Description = "worker: trains. server: stands by, and goes on with runs whose nodes die (docs/cluster.md).",
            DefaultValueFactory = _ => "worker",
        };
        role.Validators.Add(result =>
        {
            if (result.Tokens is [var given] && given.Value is not ("worker" or "server"))
            {
                result.AddError($"--role: is '{given.Value}'; must be worker | server");
            }
        });
        var threads = Argued.Count("--threads", "K", "Training threads; by default one per core.");
        var plugins = Argued.Plugins();
        var untilInputCloses = new Option<bool>(LocalWorker.UntilInputCloses) { Hidden = true };

        var command = new Command("node", "Works for the runs of others, as a node of a cluster.")
        {
            file, seed, host, port, role, threads, plugins, untilInputCloses,
        };
        command.SetAction((parsed, _) =>
        {
            var settings = ClusterSettings.Read(parsed.GetValue(file));
            settings = settings with
            {
                Seeds = parsed.GetValue(seed) is { } given ? [ClusterSettings.Seed(given, "--seed")] : settings.Seeds,
                Host = parsed.GetValue(host) ?? settings.Host,
                Port = parsed.GetValue(port) ?? settings.Port,
            };
            if (parsed.GetValue(untilInputCloses) && Console.In.ReadLine() is { Length: > 0 } secret)
            {
                // Whoever started this process made a certificate for it: LocalWorker.
                settings = settings with { Tls = NodeTls.Parse(secret) };
            }

            var catalog = Plugins.Catalog(PluginFile.Of(parsed.GetValue(plugins) ?? []));
            return RunAsync(
                catalog,
                settings,
                parsed.GetValue(role) == "server",
                parsed.GetValue(threads) ?? Environment.ProcessorCount,
                parsed.GetValue(untilInputCloses));
        });
        return command;
    }

    private static async Task<int> RunAsync(
        PluginCatalog catalog, ClusterSettings settings, bool standsBy, int threads, bool untilInputCloses)
    {
        using var interruption = new Interruption(ignoresCtrlC: untilInputCloses);
        if (untilInputCloses)
        {
            _ = Task.Factory.StartNew(FollowInput, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        }

        await new ServingNode(catalog, settings, standsBy, threads).ServeAsync(interruption.Token);
        return ExitCode.Done;
    }

    /// <summary>Ends at once when told to, or when whoever started this process is gone.</summary>
    private static void FollowInput() =>
        Environment.Exit(Console.In.ReadLine() == LocalWorker.End ? ExitCode.Done : ExitCode.RunFailed);
}
