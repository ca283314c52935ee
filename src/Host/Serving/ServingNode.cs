using FLCrowd.Actors.Nodes;
using FLCrowd.Experiments.Configuration;
using FLCrowd.Experiments.Nodes;
using FLCrowd.Experiments.Telemetry;

namespace FLCrowd.Host.Serving;

/// <summary>
/// A node that works for the runs of others until it is told to leave. Whatever puts it out of a cluster, a network that parts, a process
/// that was stopped for a while, a run whose node died, it comes back: as a new system at the same address.
/// </summary>
/// <param name="catalog">All plug-ins.</param>
/// <param name="settings">Its own address, and the nodes to join.</param>
/// <param name="standsBy">Whether it goes on with the runs of nodes that die; otherwise it trains.</param>
/// <param name="threads">Training threads.</param>
/// <param name="telemetry">Where its metrics go.</param>
internal sealed class ServingNode(PluginCatalog catalog, ClusterSettings settings, bool standsBy, int threads, NodeTelemetry telemetry)
{
    private static readonly TimeSpan ShortestPause = TimeSpan.FromSeconds(0.5);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(30);

    private ClusterSettings _settings = settings;
    private StandByServer? _server;
    private Task _serving = Task.CompletedTask;
    private TimeSpan _pause = ShortestPause;
    private bool _isKnown;
    private string _address = "";

    /// <exception cref="SettingException">No seed answers.</exception>
    /// <exception cref="JoinRefusedException">One refuses this node.</exception>
    public async Task ServeAsync(CancellationToken told)
    {
        try
        {
            while (true)
            {
                try
                {
                    await ServeOnceAsync(told);
                }
                catch (Exception e) when (_isKnown && !told.IsCancellationRequested)
                {
                    Console.Error.WriteLine($"flcrowd: {_address}: {e.Message}; it comes back");
                }

                using var timer = new PeriodicTimer(_pause);
                await timer.WaitForNextTickAsync(told);
                _pause = TimeSpan.FromTicks(Math.Min(2 * _pause.Ticks, LongestPause.Ticks));
            }
        }
        catch (OperationCanceledException) when (told.IsCancellationRequested)
        {
            await _serving;
        }
    }

    /// <summary>Serves with one system, which can join a cluster once: until that puts it out.</summary>
    private async Task ServeOnceAsync(CancellationToken told)
    {
        await using var node = await LocalNode.StartAsync(catalog, threads, _settings.Node(standsBy ? NodeRole.StandBy : NodeRole.Worker));
        telemetry.Watch(node.System);
        (_settings, _address) = (_settings with { Port = Membership.PortOf(node.System) }, Membership.AddressOf(node.System));
        var entrance = Membership.Enter(node.System, _settings.Seeds);
        bool isBack = _isKnown;
        if (!_isKnown)
        {
            await BeginAsync(entrance, told);
        }

        _server?.Watch(node.System);
        await entrance.Up.WaitAsync(told);
        _pause = ShortestPause;
        if (isBack)
        {
            Console.Error.WriteLine($"flcrowd: {_address}: is with the others again");
        }

        await node.System.WhenTerminated.WaitAsync(told);
        throw new NodeLostException();
    }

    private async Task BeginAsync(Entrance entrance, CancellationToken told)
    {
        try
        {
            await entrance.Welcome.WaitAsync(_settings.Wait, told);
        }
        catch (TimeoutException)
        {
            string seeds = string.Join(", ", _settings.Seeds);
            throw new SettingException(
                "cluster.seeds", $"{seeds}: none answered within {_settings.Wait.TotalSeconds:0} s (docs/cluster.md says why that may be)");
        }

        _isKnown = true;
        if (standsBy)
        {
            _server = new StandByServer(_settings with { Seeds = [_address, .. _settings.Seeds] }, threads);
            _serving = _server.ServeAsync(told);
        }

        Console.Out.WriteLine($"{_address}: {(standsBy ? "server" : "worker")} with {threads} training threads");
    }
}
