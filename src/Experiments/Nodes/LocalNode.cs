using Akka.Actor;
using Akka.Hosting;
using FLCrowd.Actors;
using FLCrowd.Actors.Nodes;
using FLCrowd.Actors.Recording;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace FLCrowd.Experiments.Nodes;

/// <summary>Composition root: the actors of this process.</summary>
internal sealed class LocalNode : IAsyncDisposable
{
    private readonly IHost _host;

    private readonly JournalStore? _journals;

    private LocalNode(IHost host, JournalStore? journals) => (_host, _journals) = (host, journals);

    public ActorSystem System => _host.Services.GetRequiredService<ActorSystem>();

    /// <param name="catalog">All plug-ins.</param>
    /// <param name="threads">Training threads.</param>
    /// <param name="node">As a node of a cluster, which it does not join yet; null: on its own.</param>
    /// <param name="journals">Where runs keep their journals; null: nowhere.</param>
    public static async Task<LocalNode> StartAsync(
        PluginCatalog catalog, int threads, NodeSettings? node = null, JournalStore? journals = null)
    {
        var builder = Microsoft.Extensions.Hosting.Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.Services.AddSingleton<IHostLifetime, NoSignals>();
        builder.Services.AddAkka("flcrowd", akka => WithFLCrowd(akka
            .ConfigureLoggers(logging =>
            {
                logging.ClearLoggers();
                logging.AddLogger<StandardErrorLog>();
            })
            .AddHocon("akka.coordinated-shutdown.run-by-clr-shutdown-hook = off", HoconAddMode.Prepend)));

        AkkaConfigurationBuilder WithFLCrowd(AkkaConfigurationBuilder akka)
        {
            journals?.AddTo(akka);
            return node is null ? akka.WithFLCrowd(catalog, threads) : akka.WithFLCrowd(catalog, threads, node);
        }

        var host = builder.Build();
        await host.StartAsync(CancellationToken.None);
        return new LocalNode(host, journals);
    }

    public async ValueTask DisposeAsync()
    {
        await _host.StopAsync(CancellationToken.None);
        _host.Dispose();
        _journals?.Close();
    }

    /// <summary>Signals end the run, not the host under it: whoever runs it listens to them.</summary>
    private sealed class NoSignals : IHostLifetime
    {
        public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
