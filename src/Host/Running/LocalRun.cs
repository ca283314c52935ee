using Akka.Actor;
using Akka.Hosting;
using FLCrowd.Actors;
using FLCrowd.Actors.Experiments;
using FLCrowd.Host.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace FLCrowd.Host.Running;

/// <summary>Composition root: plays a run's games in this process.</summary>
internal static class LocalRun
{
    public static async Task<ExperimentResult> PlayAsync(
        PluginCatalog catalog, PreparedRun run, string directory, Action<ExperimentProgress> progress, CancellationToken cancel)
    {
        int threads = run.Process.Threads ?? Environment.ProcessorCount;
        var builder = Microsoft.Extensions.Hosting.Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.Logging.AddProvider(new StandardErrorLog()).SetMinimumLevel(LogLevel.Warning);
        builder.Services.AddSingleton<IHostLifetime, NoSignals>();
        builder.Services.AddAkka("flcrowd", akka => akka
            .ConfigureLoggers(logging =>
            {
                logging.LogLevel = Akka.Event.LogLevel.WarningLevel;
                logging.ClearLoggers();
                logging.AddLoggerFactory();
            })
            .AddHocon("akka.coordinated-shutdown.run-by-clr-shutdown-hook = off", HoconAddMode.Prepend)
            .WithFLCrowd(catalog, threads));

        using var host = builder.Build();
        await host.StartAsync(CancellationToken.None);
        try
        {
            return await ExperimentRunner.RunAsync(
                host.Services.GetRequiredService<ActorSystem>(), run.Plan, directory, run.Process.ParallelGames ?? threads, progress, cancel);
        }
        finally
        {
            await host.StopAsync(CancellationToken.None);
        }
    }

    /// <summary>Signals end the run, not the host under it: <see cref="Commands.Interruption"/>.</summary>
    private sealed class NoSignals : IHostLifetime
    {
        public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
