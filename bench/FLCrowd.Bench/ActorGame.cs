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
        var plan = Plan(game, protocol, episodes: 1, cohortSize, chunkSize);
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

    /// <summary>Plays episodes of a game from its start to its end and writes their tables.</summary>
    public async Task RecordAsync(BenchGame game, int episodes, int cohortSize, string folder)
    {
        var result = await ExperimentRunner.RunAsync(
            _host.Services.GetRequiredService<ActorSystem>(),
            Plan(game, game.Protocol, episodes, cohortSize, chunkSize: 8),
            folder,
            parallelGames: 1,
            progress: null,
            CancellationToken.None);
        if (result.Failure is { } failure)
        {
            throw new InvalidOperationException(failure);
        }
    }

    private static ExperimentPlan Plan(BenchGame game, TrainingProtocol protocol, int episodes, int cohortSize, int chunkSize) =>
        new("bench", [], [new GameDefinition(
            Game: 0,
            Seed: game.Seed,
            Episodes: episodes,
            FirstEpisode: 0,
            new LearningDefinition(new PluginChoice("mnist"), game.Partition, game.Model, new PluginChoice("mean"), protocol),
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

    public async ValueTask DisposeAsync()
    {
        await _host.StopAsync();
        _host.Dispose();
    }
}
