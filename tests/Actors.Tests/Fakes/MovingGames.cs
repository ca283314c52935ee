using Akka.Actor;
using FLCrowd.Actors.Definitions;
using FLCrowd.Actors.Experiments;
using FLCrowd.Actors.Nodes;

namespace FLCrowd.Actors.Tests.Fakes;

/// <summary>A game in which whatever is lost on the way shows: clients that learn, clients that fail, replays.</summary>
internal static class MovingGames
{
    public const int Episodes = 3;

    /// <summary>The plug-ins of one run of it.</summary>
    public static FakePlugins Plugins() => new FakePlugins { Mechanism = new FakeReplayer(0, 6) }
        .AddStrategy("learner", _ => new RememberingLearner())
        .AddStrategy("helpless", _ => throw new InvalidOperationException("no idea"))
        .AddReporter("broken", (in ReportView view, Span<float> _) =>
        {
            if (view.Round == 2)
            {
                throw new InvalidOperationException("boom");
            }
        });

    /// <summary>The game, in cohorts of a size.</summary>
    public static GameDefinition Of(string aggregator, int cohortSize) =>
        Games.Of(("learner", 4), ("broken", 1), ("truthful", 3), ("helpless", 1), ("learner", 1)).Excluding().Rounds(3)
            .Learning(learning => learning with { Aggregator = new PluginChoice(aggregator) })
            .Playing(execution => execution with { CohortSize = cohortSize }) with
        { Episodes = Episodes };

    /// <summary>What is recorded where nothing is disturbed.</summary>
    public static async Task<string> UndisturbedAsync(GameDefinition game)
    {
        var (result, sink) = await TestNode.PlayAsync(Plugins(), Games.Plan(game));
        Assert.Equal((ExperimentStatus.Completed, Episodes, 0), (result.Status, sink.Episodes.Count, result.DroppedMessages));
        return sink.Text;
    }

    /// <summary>What is recorded where messages to cohorts go another way, made from the region.</summary>
    public static async Task<(ExperimentResult Result, string Text)> DisturbedAsync(
        GameDefinition game, Func<ActorSystem, IActorRef, IActorRef> way)
    {
        var (result, text) = await DisturbAsync(Plugins(), game, way);
        Assert.True(result.Status == ExperimentStatus.Completed, result.Failure);
        return (result, text);
    }

    /// <summary>The same for any game, which need not end well.</summary>
    public static async Task<(ExperimentResult Result, string Text)> DisturbAsync(
        FakePlugins plugins, GameDefinition game, Func<ActorSystem, IActorRef, IActorRef> way)
    {
        await using var node = await TestNode.StartAsync(plugins);
        var (real, sink) = (FLCrowdNode.Of(node.System), new MemorySink());
        var disturbed = new FLCrowdNode(real.Catalog, real.Host, way(node.System, real.Cohorts), real.Evaluators);
        var plan = Games.Plan(game.Playing(execution => execution with { ResendAfter = TimeSpan.FromMilliseconds(50) }));
        var result = await ExperimentRunner.RunAsync(node.System, disturbed, plan, sink, 1, null, TestContext.Current.CancellationToken)
            .Within("the end of the disturbed run");
        return (result, sink.Text);
    }
}
