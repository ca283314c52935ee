using Akka.Actor;
using Akka.Hosting;
using FLCrowd.Actors.Definitions;
using FLCrowd.Actors.Experiments;
using FLCrowd.Actors.Network;
using FLCrowd.Actors.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace FLCrowd.Actors.Tests.Fakes;

/// <summary>A server and workers, each an actor system of its own that talks to the others through sockets.</summary>
internal sealed class TestCluster : IAsyncDisposable
{
    private readonly List<IHost> _hosts = [];

    public ActorSystem Server { get; private set; } = null!;

    public IEnumerable<ActorSystem> Nodes => _hosts.Select(host => host.Services.GetRequiredService<ActorSystem>());

    public static async Task<TestCluster> StartAsync(FakePlugins plugins, int workers, string hocon = "", NodeTls? tls = null)
    {
        var cluster = new TestCluster();
        cluster.Server = await cluster.AddAsync(plugins, new NodeSettings(NodeRole.Server) { Akka = hocon, Tls = tls });
        await cluster.JoinAsync(cluster.Server);
        for (int worker = 0; worker < workers; worker++)
        {
            await cluster.JoinAsync(await cluster.AddAsync(plugins, new NodeSettings(NodeRole.Worker) { Akka = hocon, Tls = tls }));
        }

        await Membership.WorkersAsync(cluster.Server, workers, TestContext.Current.CancellationToken).Within("the workers");
        return cluster;
    }

    /// <summary>Starts a node; it does not join yet.</summary>
    public async Task<ActorSystem> AddAsync(FakePlugins plugins, NodeSettings settings)
    {
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Services.AddAkka("test", akka => akka
            .AddHocon("akka { loglevel = OFF, stdout-loglevel = OFF, loggers = [] }", HoconAddMode.Prepend)
            .WithFLCrowd(plugins.Catalog, 1, settings));
        var host = builder.Build();
        await host.StartAsync(TestContext.Current.CancellationToken);
        _hosts.Add(host);
        return host.Services.GetRequiredService<ActorSystem>();
    }

    public async Task JoinAsync(ActorSystem node, TimeSpan? patience = null)
    {
        using var cancel = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        cancel.CancelAfter(patience ?? TimeSpan.FromSeconds(40));
        await Membership.JoinAsync(node, node == Server ? [] : [Membership.AddressOf(Server)], cancel.Token);
    }

    public async Task<MemorySink> PlayAsync(ExperimentPlan plan)
    {
        var sink = new MemorySink();
        var result = await ExperimentRunner.RunAsync(Server, plan, sink, 1, null, CancellationToken.None).Within("the end of the run");
        Assert.Equal((ExperimentStatus.Completed, null), (result.Status, result.Failure));
        return sink;
    }

    /// <summary>All at once: nobody is left to leave gracefully to.</summary>
    public async ValueTask DisposeAsync()
    {
        await Task.WhenAll(_hosts.Select(host => host.Services.GetRequiredService<ActorSystem>().Terminate()));
        _hosts.ForEach(host => host.Dispose());
    }
}
