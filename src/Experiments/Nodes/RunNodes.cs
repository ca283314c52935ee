using System.Globalization;
using Akka.Actor;
using FLCrowd.Actors.Network;
using FLCrowd.Actors.Nodes;
using FLCrowd.Actors.Recording;
using FLCrowd.Experiments.Configuration;
using FLCrowd.Experiments.Folders;
using FLCrowd.Experiments.Tables;
using FLCrowd.Experiments.Telemetry;

namespace FLCrowd.Experiments.Nodes;

/// <summary>Where a run is to be played: in this process, on worker processes of this machine, or on a cluster.</summary>
/// <param name="Workers">Worker processes to start here; null: none.</param>
/// <param name="Cluster">Where workers are, or how to set up those started here; null: nothing is said.</param>
internal sealed record NodesRequest(int? Workers, ClusterSettings? Cluster)
{
    /// <summary>The file that <see cref="Cluster"/> was read from, for workers started here.</summary>
    public string? File { get; init; }

    /// <summary>Where the metrics of the run's process, and of workers that it starts, go; null: nowhere.</summary>
    public TelemetryTarget? Telemetry { get; init; }

    /// <summary>Whether all is done in one process.</summary>
    public bool IsAlone => Workers is null && Cluster is null;

    /// <param name="request">What the user asked for.</param>
    /// <param name="telemetry">What the run's configuration says of metrics.</param>
    /// <exception cref="SettingException">Both are asked for, or one of them is wrong.</exception>
    public static NodesRequest Of(RunRequest request, TelemetrySettings telemetry)
    {
        var nodes = Of(request);
        var metrics = telemetry.IsAuto && nodes.Cluster is { } cluster ? cluster.Telemetry : telemetry;
        return nodes with { Telemetry = TelemetryTarget.Of(metrics) };
    }

    /// <summary>The same, of a run: its metrics say which one they are of.</summary>
    /// <param name="record">What it says of itself.</param>
    /// <param name="folder">Its folder.</param>
    public NodesRequest Of(RunRecord record, string folder) => this with
    {
        Telemetry = Telemetry?.Of(new Dictionary<string, string?>
        {
            ["flcrowd.experiment"] = record.Experiment,
            ["flcrowd.run.id"] = record.Run,
            ["flcrowd.run.folder"] = Path.GetFullPath(folder),
        }),
    };

    private static NodesRequest Of(RunRequest request)
    {
        if (request.Shared is { } shared)
        {
            return new NodesRequest(null, shared);
        }

        if (request.Workers is < 1)
        {
            throw new SettingException(
                "--workers", $"is {request.Workers.Value.ToString(CultureInfo.InvariantCulture)}; must be at least 1");
        }

        var cluster = request.Cluster is null ? null : ClusterSettings.Read(request.Cluster);
        return request.Workers is not null && cluster is { Seeds.Count: > 0 }
            ? throw new SettingException(
                "--workers", "starts workers on this machine; the file of --cluster has seeds, so it says that they are elsewhere")
            : new NodesRequest(request.Workers, cluster) { File = request.Cluster };
    }
}

/// <summary>The nodes of a run: this process, which hosts the servers, and the workers, if there are any.</summary>
internal sealed class RunNodes : IAsyncDisposable
{
    private readonly LocalNode _node;
    private readonly LocalWorkers? _workers;
    private readonly ClusterSettings? _settings;

    private RunNodes(LocalNode node, LocalWorkers? workers, int threads, ClusterSettings? settings)
    {
        _node = node;
        _workers = workers;
        _settings = settings;
        Threads = threads;
    }

    public ActorSystem System => _node.System;

    /// <summary>Training threads of all workers, or of this process.</summary>
    public int Threads { get; }

    /// <param name="catalog">All plug-ins.</param>
    /// <param name="threads">Training threads of each process; null: all cores, shared by the processes of this machine.</param>
    /// <param name="request">Where to play.</param>
    /// <param name="journals">Where the run keeps its journal; null: nowhere.</param>
    /// <param name="cancel">Gives up.</param>
    /// <exception cref="SettingException">The workers did not come.</exception>
    /// <exception cref="JoinRefusedException">The cluster refuses this node.</exception>
    public static async Task<RunNodes> StartAsync(
        PluginCatalog catalog, int? threads, NodesRequest request, JournalStore? journals, CancellationToken cancel)
    {
        int own = threads ?? Environment.ProcessorCount;
        return request switch
        {
            { Workers: { } workers } => await StartLocalAsync(catalog, threads, workers, request, journals, cancel),
            { Cluster: { } cluster } => await JoinAsync(catalog, own, cluster, journals, cancel),
            _ => new RunNodes(await LocalNode.StartAsync(catalog, own, journals: journals), null, own, null),
        };
    }

    /// <summary>How others get at these workers: no run that joins them waits for one that is gone.</summary>
    public ClusterSettings Invitation => _settings! with { Seeds = [Membership.AddressOf(System)], Workers = 1, Port = 0 };

    /// <summary>Such as "3 nodes"; empty for one process.</summary>
    public string Describe() => _settings is not null ? Numbers.Plural(1 + Membership.WorkersOf(System).Nodes, "node") : "";

    /// <summary>How others may join; empty where they cannot: nobody else has a certificate of this run.</summary>
    public string JoinCommand => _settings is null or { Tls.IsOfOneRun: true }
        ? ""
        : $"flcrowd node {(_settings.Tls is null ? "" : "--cluster FILE ")}--seed {Membership.AddressOf(System)}";

    public async ValueTask DisposeAsync()
    {
        _workers?.Hush();
        await _node.DisposeAsync();
        if (_workers is not null)
        {
            await _workers.DisposeAsync();
        }
    }

    private static async Task<RunNodes> StartLocalAsync(
        PluginCatalog catalog, int? threads, int workers, NodesRequest request, JournalStore? journals, CancellationToken cancel)
    {
        var settings = request.Cluster ?? ClusterSettings.Read(null);
        settings = settings with { Tls = settings.Tls ?? NodeTls.ForOneRun() };
        var node = await LocalNode.StartAsync(catalog, threads ?? Environment.ProcessorCount, settings.Node(NodeRole.Server), journals);
        LocalWorkers? processes = null;
        try
        {
            await Membership.JoinAsync(node.System, [], cancel);
            var seed = Membership.AddressOf(node.System);
            var own = settings.Tls.IsOfOneRun ? settings.Tls : null;
            int each = threads ?? Math.Max(1, Environment.ProcessorCount / workers);
            processes = new LocalWorkers(
                workers,
                settings.Restarts,
                number => new LocalWorker(number, seed, each, request.File, own, catalog.Sources, request.Telemetry),
                ended => Membership.Remove(node.System, ended));
            using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancel);
            patience.CancelAfter(settings.Wait);
            var up = Membership.WorkersAsync(node.System, workers, patience.Token);
            await await Task.WhenAny(up, processes.Exhausted);
            return new RunNodes(node, processes, (await up).Threads, settings);
        }
        catch (Exception e)
        {
            await new RunNodes(node, processes, 0, settings).DisposeAsync();
            throw e is OperationCanceledException && !cancel.IsCancellationRequested
                ? new SettingException("--workers", $"{workers} did not come up within {settings.Wait.TotalSeconds:0} s")
                : e;
        }
    }

    private static async Task<RunNodes> JoinAsync(
        PluginCatalog catalog, int threads, ClusterSettings cluster, JournalStore? journals, CancellationToken cancel)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        patience.CancelAfter(cluster.Wait);
        while (true)
        {
            var node = await LocalNode.StartAsync(catalog, threads, cluster.Node(NodeRole.Server), journals);
            try
            {
                await Membership.JoinAsync(node.System, cluster.Seeds, patience.Token);
                var up = await Membership.WorkersAsync(node.System, cluster.Workers, patience.Token);
                return new RunNodes(node, null, up.Threads, cluster);
            }
            catch (NodeLostException)
            {
                // It came into a cluster that was about to end, or there are two now: the next one finds the other.
                await node.DisposeAsync();
            }
            catch (Exception e)
            {
                await node.DisposeAsync();
                throw e is OperationCanceledException && !cancel.IsCancellationRequested
                    ? new SettingException(
                        "cluster.wait",
                        $"is over ({cluster.Wait.TotalSeconds:0} s), and {cluster.Workers} workers did not come; "
                        + $"seeds are {string.Join(", ", cluster.Seeds)}")
                    : e;
            }
        }
    }
}
