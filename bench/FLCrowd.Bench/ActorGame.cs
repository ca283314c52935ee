using Akka.Actor;
using Akka.Hosting;
using FLCrowd.Actors;
using FLCrowd.Actors.Definitions;
using FLCrowd.Actors.Experiments;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace FLCrowd.Bench;

/// <summary>Plays truthful games through the actors and measures how fast their rounds are.</summary>
internal sealed class ActorGame : IAsyncDisposable
{
    /// <summary>Rounds that are not counted: partitions, buffers, compiled code.</summary>
    private const int WarmUpRounds = 5;

    private readonly IHost _host;

    private ActorGame(IHost host) => _host = host;

    public static async Task<ActorGame> StartAsync(PluginCatalog catalog, int threads)
    {
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Services.AddAkka("flcrowd", akka => akka.WithFLCrowd(catalog, threads));
        var host = builder.Build();
        await host.StartAsync();
        return new ActorGame(host);
    }

    /// <summary>One game's rounds, without its start and its final test.</summary>
    public async Task<Throughput> MeasureAsync(BenchGame game, int cohortSize, int chunkSize)
    {
        var protocol = game.Protocol with { Rounds = game.Protocol.Rounds + WarmUpRounds };
        var plan = new ExperimentPlan("bench", [], [new GameDefinition(
            Game: 0,
            Seed: game.Seed,
            Episodes: 1,
            FirstEpisode: 0,
            new LearningDefinition(new PluginChoice("mnist"), BenchGame.Partition, game.Model, new PluginChoice("mean"), protocol),
            new IncentiveDefinition(new PluginChoice("flat"), MoneyPerLoss: 1),
            new CrowdDefinition(
                game.Clients,
                [new ClientGroup(new PluginChoice("truthful"), [new ClientRange(0, game.Clients)], null, null, 1)],
                LabelingCosts: [20],
                ComputationCosts: [1e-3],
                BatchSizes: [game.BatchSize]),
            new ExecutionDefinition(
                cohortSize, chunkSize, EvaluateEvery: 0, FailurePolicy.Fail, TimeSpan.FromSeconds(30), TimeSpan.FromMinutes(10)),
            Swept: [])]);

        var meter = Meter.Start();
        Throughput? throughput = null;
        var result = await ExperimentRunner.RunAsync(
            _host.Services.GetRequiredService<ActorSystem>(),
            plan,
            directory: null,
            parallelGames: 1,
            progress =>
            {
                if (progress.RoundsDone == WarmUpRounds)
                {
                    meter = Meter.Start();
                }
                else if (progress.RoundsDone == protocol.Rounds)
                {
                    throughput = meter.Stop(game.Clients * game.Protocol.Rounds);
                }
            },
            CancellationToken.None);
        return throughput ?? throw new InvalidOperationException(result.Failure);
    }

    public async ValueTask DisposeAsync()
    {
        await _host.StopAsync();
        _host.Dispose();
    }
}
