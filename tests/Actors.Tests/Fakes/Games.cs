using FLCrowd.Actors.Definitions;
using FLCrowd.Actors.Learning;

namespace FLCrowd.Actors.Tests.Fakes;

/// <summary>Small games of fakes.</summary>
internal static class Games
{
    public static TrainingProtocol Protocol { get; } = new() { Rounds = 3, LocalSteps = 1, StepSize = 0.5 };

    public static ExecutionDefinition Execution { get; } = new(
        CohortSize: 3,
        ChunkSize: 2,
        EvaluateEvery: 1,
        FailurePolicy.Fail,
        ResendAfter: TimeSpan.FromMinutes(1),
        GiveUpAfter: TimeSpan.FromMinutes(10));

    /// <summary>A game of consecutive groups, each a strategy with its number of clients.</summary>
    public static GameDefinition Of(params (string Strategy, int Count)[] groups)
    {
        var crowd = new List<ClientGroup>();
        int clients = 0;
        foreach (var (strategy, count) in groups)
        {
            crowd.Add(new ClientGroup(new PluginChoice(strategy), [new ClientRange(clients, count)], null, null, Weight: 1 + crowd.Count));
            clients += count;
        }

        return new GameDefinition(
            Game: 0,
            Seed: 7,
            Episodes: 1,
            FirstEpisode: 0,
            new LearningDefinition(
                new PluginChoice("none"),
                new PartitionSettings { Choice = new PluginChoice("iid", "{}", "data.iid"), SamplesPerClient = TinyModel.Samples },
                new PluginChoice("tiny"),
                new PluginChoice("mean"),
                Protocol),
            new IncentiveDefinition(new PluginChoice("pay"), MoneyPerLoss: 100),
            new CrowdDefinition(clients, [.. crowd], [20], [0.5], []),
            Execution,
            []);
    }

    public static GameDefinition Playing(this GameDefinition game, Func<ExecutionDefinition, ExecutionDefinition> execution) =>
        game with { Execution = execution(game.Execution) };

    public static GameDefinition Learning(this GameDefinition game, Func<LearningDefinition, LearningDefinition> learning) =>
        game with { Learning = learning(game.Learning) };

    public static GameDefinition Paying(this GameDefinition game, Func<IncentiveDefinition, IncentiveDefinition> incentive) =>
        game with { Incentive = incentive(game.Incentive) };

    public static GameDefinition Rounds(this GameDefinition game, int rounds) =>
        game.Learning(learning => learning with { Protocol = learning.Protocol with { Rounds = rounds } });

    public static GameDefinition Excluding(this GameDefinition game) =>
        game.Playing(execution => execution with { OnClientFailure = FailurePolicy.Exclude });

    /// <summary>A game as a node hosts it.</summary>
    public static HostedGame Hosted(this GameDefinition game, FakePlugins plugins)
    {
        var crowd = new Crowd(game.Crowd);
        var setup = new LearningSetup(() => throw new InvalidOperationException("there are no data"))
        {
            Seed = new Seed(game.Seed),
            Weights = crowd.Weights,
            Partition = game.Learning.Partition,
        };
        return new HostedGame(game, crowd, new TinyModel(plugins.World, setup), new FakeMean());
    }

    /// <summary>A plan of games, numbered and with their episodes counted on.</summary>
    public static ExperimentPlan Plan(params GameDefinition[] games)
    {
        int episodes = 0;
        for (int game = 0; game < games.Length; game++)
        {
            games[game] = games[game] with { Game = game, FirstEpisode = episodes };
            episodes += games[game].Episodes;
        }

        return new ExperimentPlan("test", [], games);
    }
}
