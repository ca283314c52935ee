using System.CommandLine;
using FLCrowd.Actors.Network;
using FLCrowd.Experiments.Configuration;
using FLCrowd.Experiments.Loading;
using FLCrowd.Experiments.Nodes;
using FLCrowd.Experiments.Telemetry;
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
        var metrics = new Option<string?>(LocalWorker.Telemetry) { Hidden = true };

        var command = new Command("node", "Works for the runs of others, as a node of a cluster.")
        {
            file, seed, host, port, role, threads, plugins, untilInputCloses, metrics,
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
            bool standsBy = parsed.GetValue(role) == "server";
            var target = parsed.GetValue(metrics) is { } told ? TelemetryTarget.Parse(told) : TelemetryTarget.Of(settings.Telemetry);
            return RunAsync(
                catalog,
                settings,
                standsBy,
                parsed.GetValue(threads) ?? Environment.ProcessorCount,
                parsed.GetValue(untilInputCloses),
                target?.In(standsBy ? "stand-by" : "worker"));
        });
        return command;
    }

    private static async Task<int> RunAsync(
        PluginCatalog catalog, ClusterSettings settings, bool standsBy, int threads, bool untilInputCloses, TelemetryTarget? target)
    {
        using var interruption = new Interruption(ignoresCtrlC: untilInputCloses);
        await using var telemetry = new NodeTelemetry(target);
        if (untilInputCloses)
        {
            _ = Task.Factory.StartNew(
                () => FollowInputAsync(telemetry), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        }

        await new ServingNode(catalog, settings, standsBy, threads, telemetry).ServeAsync(interruption.Token);
        return ExitCode.Done;
    }

    /// <summary>Ends at once when told to, once its last metrics are sent, or when whoever started this process is gone.</summary>
    private static async Task FollowInputAsync(NodeTelemetry telemetry)
    {
        bool isOver = Console.In.ReadLine() == LocalWorker.End;
        if (isOver)
        {
            await telemetry.DisposeAsync();
        }

        Environment.Exit(isOver ? ExitCode.Done : ExitCode.RunFailed);
    }
}
