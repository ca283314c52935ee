using System.Globalization;
using Akka.Actor;
using FLCrowd.Actors.Nodes;
using FLCrowd.Host.Commands;
using FLCrowd.Host.Configuration;

namespace FLCrowd.Host.Running;

/// <summary>Where a run is to be played: in this process, on worker processes of this machine, or on a cluster.</summary>
/// <param name="Workers">Worker processes to start here; null: none.</param>
/// <param name="Cluster">Where workers are; null: nowhere else.</param>
internal sealed record NodesRequest(int? Workers, ClusterSettings? Cluster)
{
    /// <exception cref="SettingException">Both are asked for, or one of them is wrong.</exception>
    public static NodesRequest Of(RunRequest request)
    {
        if (request.Workers is not null && request.Cluster is not null)
        {
            throw new SettingException("--workers", "starts workers on this machine; with --cluster the file says where they are");
        }

        return request.Workers is < 1
            ? throw new SettingException("--workers", $"is {request.Workers.Value.ToString(CultureInfo.InvariantCulture)}; must be at least 1")
            : new NodesRequest(request.Workers, request.Cluster is { } file ? ClusterSettings.Read(file) : null);
    }
}

/// <summary>The nodes of a run: this process, which hosts the servers, and the workers, if there are any.</summary>
internal sealed class RunNodes : IAsyncDisposable
{
    private static readonly TimeSpan WorkersStart = TimeSpan.FromMinutes(1);

    private readonly LocalNode _node;
    private readonly LocalWorkers? _workers;
    private readonly bool _isCluster;

    private RunNodes(LocalNode node, LocalWorkers? workers, int threads, bool isCluster)
    {
        _node = node;
        _workers = workers;
        _isCluster = isCluster;
        Threads = threads;
    }

    public ActorSystem System => _node.System;

    /// <summary>Training threads of all workers, or of this process.</summary>
    public int Threads { get; }

    /// <param name="catalog">All plug-ins.</param>
    /// <param name="threads">Training threads of each process; null: all cores, shared by the processes of this machine.</param>
    /// <param name="request">Where to play.</param>
    /// <param name="cancel">Gives up.</param>
    /// <exception cref="SettingException">The workers did not come.</exception>
    /// <exception cref="JoinRefusedException">The cluster refuses this node.</exception>
    public static async Task<RunNodes> StartAsync(PluginCatalog catalog, int? threads, NodesRequest request, CancellationToken cancel)
    {
        int own = threads ?? Environment.ProcessorCount;
        return request switch
        {
            { Workers: { } workers } => await StartLocalAsync(catalog, threads, workers, cancel),
            { Cluster: { } cluster } => await JoinAsync(catalog, own, cluster, cancel),
            _ => new RunNodes(await LocalNode.StartAsync(catalog, own), null, own, isCluster: false),
        };
    }

    /// <summary>Such as "3 nodes"; empty for one process.</summary>
    public string Describe() => _isCluster ? Terminal.RunTerminal.Plural(1 + Membership.WorkersOf(System).Nodes, "node") : "";

    public async ValueTask DisposeAsync()
    {
        _workers?.Hush();
        await _node.DisposeAsync();
        if (_workers is not null)
        {
            await _workers.DisposeAsync();
        }
    }

    private static async Task<RunNodes> StartLocalAsync(PluginCatalog catalog, int? threads, int workers, CancellationToken cancel)
    {
        var node = await LocalNode.StartAsync(catalog, threads ?? Environment.ProcessorCount, new NodeSettings(NodeRole.Server) { Data = ShippedData.Checksums });
        LocalWorkers? processes = null;
        try
        {
            await Membership.JoinAsync(node.System, [], cancel);
            processes = LocalWorkers.Start(
                workers, Membership.AddressOf(node.System), threads ?? Math.Max(1, Environment.ProcessorCount / workers), catalog.Sources);
            using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancel);
            patience.CancelAfter(WorkersStart);
            var up = Membership.WorkersAsync(node.System, workers, patience.Token);
            await await Task.WhenAny(up, processes.FirstFailure);
            return new RunNodes(node, processes, (await up).Threads, isCluster: true);
        }
        catch (Exception e)
        {
            await new RunNodes(node, processes, 0, isCluster: true).DisposeAsync();
            throw e is OperationCanceledException && !cancel.IsCancellationRequested
                ? new SettingException("--workers", $"{workers} did not come up within {WorkersStart.TotalSeconds:0} s")
                : e;
        }
    }

    private static async Task<RunNodes> JoinAsync(PluginCatalog catalog, int threads, ClusterSettings cluster, CancellationToken cancel)
    {
        var node = await LocalNode.StartAsync(catalog, threads, cluster.Node(NodeRole.Server));
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        patience.CancelAfter(cluster.Wait);
        try
        {
            await Membership.JoinAsync(node.System, cluster.Seeds, patience.Token);
            var up = await Membership.WorkersAsync(node.System, cluster.Workers, patience.Token);
            return new RunNodes(node, null, up.Threads, isCluster: true);
        }
        catch (Exception e)
        {
            await node.DisposeAsync();
            throw e is OperationCanceledException && !cancel.IsCancellationRequested
                ? new SettingException("cluster.wait", $"is over ({cluster.Wait.TotalSeconds:0} s), and {cluster.Workers} workers did not come; seeds are {string.Join(", ", cluster.Seeds)}")
                : e;
        }
    }
}
