using Akka.Actor;
using FLCrowd.Actors.Definitions;
using FLCrowd.Actors.Experiments;
using FLCrowd.Actors.Metrics;
using FLCrowd.Actors.Tests.Fakes;

namespace FLCrowd.Actors.Tests.Metrics;

/// <summary>What nodes count is what was played.</summary>
public sealed class NodeMetricsSpec
{
    private const string Updates = "flcrowd.client.updates";
    private const string Rounds = "flcrowd.rounds flcrowd.round.replay=False";
    private const string Replayed = "flcrowd.rounds flcrowd.round.replay=True";
    private const string Episodes = "flcrowd.episodes";
    private const string Resent = "flcrowd.messages.resent";
    private const string Dropped = "flcrowd.messages.dropped";
    private const string Cohorts = "flcrowd.cohorts";
    private const string Sent = "flcrowd.model.sent";

    /// <summary>13 clients in 5 cohorts, 2 episodes of 4 rounds.</summary>
    private static readonly GameDefinition Game = Games.Of(("truthful", 13)).Rounds(4) with { Episodes = 2 };

    [Fact]
    public async Task One_process_counts_what_the_result_says()
    {
        var sink = new MemorySink();
        Counted counted;
        await using (var node = await TestNode.StartAsync(new FakePlugins()))
        {
            counted = new Counted(node.System);
            var result = await node.RunAsync(Games.Plan(Game), sink);
            Assert.Equal(result.ClientUpdates, counted[Updates]);
        }

        // The system is gone, and with it the cohorts.
        using (counted)
        {
            Assert.Equal(13 * 2 * 4, counted[Updates]);
            Assert.Equal((8, 0, 2), (counted[Rounds], counted[Replayed], counted[Episodes]));
            Assert.Equal((5, 0), (counted.Highest(Cohorts), counted[Cohorts]));
            Assert.Equal((0, 0, 0), (counted[Resent], counted[Dropped], counted[Sent]));
        }
    }

    [Fact]
    public async Task Every_node_counts_what_it_does_itself()
    {
        await using var cluster = await TestCluster.StartAsync(new FakePlugins(), 2);
        var counted = cluster.Nodes.Select(node => new Counted(node)).ToList();
        await cluster.PlayAsync(Games.Plan(Game));
        var (server, workers) = (counted[0], counted[1..]);
        Assert.Equal((0, 8, 2, 0), (server[Updates], server[Rounds], server[Episodes], server.Highest(Cohorts)));
        Assert.All(workers, worker => Assert.Equal((0, 0), (worker[Rounds], worker[Episodes])));
        Assert.Equal(13 * 2 * 4, workers.Sum(worker => worker[Updates]));
        Assert.Equal(5, workers.Sum(worker => worker.Highest(Cohorts)));

        // The model goes to a node once a round, whatever its cohorts; each of these answers with a sum.
        const int Model = sizeof(float) * TinyModel.Length;
        int busy = workers.Count(worker => worker.Highest(Cohorts) > 0);
        Assert.Equal(2 * 4 * busy * Model, server[Sent]);
        Assert.Equal(2 * 4 * 5 * Model, workers.Sum(worker => worker[Sent]));
        counted.ForEach(node => node.Dispose());
    }

    [Fact]
    public async Task Messages_that_are_lost_are_asked_for_again_and_those_that_come_twice_dropped()
    {
        Counted? counted = null;
        var (result, _) = await MovingGames.DisturbedAsync(MovingGames.Of("mean", 3), (system, region) =>
        {
            counted = new Counted(system);
            return system.ActorOf(Props.Create(() => new LossyNetwork(new Seed(1), region, new Disturbances())));
        });
        using (counted)
        {
            Assert.True(counted![Resent] > 0);

            // What a cohort drops after it told of its last episode is in no result.
            Assert.True(result.DroppedMessages > 0);
            Assert.True(counted[Dropped] >= result.DroppedMessages, $"{counted[Dropped]} and {result.DroppedMessages}");
            Assert.Equal(MovingGames.Episodes, counted[Episodes]);
            Assert.Equal(MovingGames.Episodes * 3, counted[Rounds]);
            Assert.Equal(MovingGames.Episodes * 2 * 3, counted[Replayed]);
        }
    }

    [Fact]
    public async Task A_client_whose_training_fails_was_not_trained()
    {
        var plugins = new FakePlugins();
        plugins.World.BeforeTraining = client =>
        {
            if (client == 4)
            {
                throw new InvalidOperationException("boom");
            }
        };
        await using var node = await TestNode.StartAsync(plugins);
        using var counted = new Counted(node.System);
        var result = await node.RunAsync(Games.Plan(Games.Of(("truthful", 6)).Excluding()), new MemorySink());
        Assert.Equal((ExperimentStatus.Completed, 5L * 3), (result.Status, result.ClientUpdates));
        Assert.Equal(result.ClientUpdates, counted[Updates]);
    }

    [Fact]
    public async Task Every_instrument_has_a_name_of_OpenTelemetrys_form_a_unit_and_a_description()
    {
        await using var node = await TestNode.StartAsync(new FakePlugins());
        using var counted = new Counted(node.System);
        Assert.Same(NodeMetrics.Of(node.System), NodeMetrics.Of(node.System));
        Assert.Equal(
            [Updates, Cohorts, Episodes, Dropped, Resent, Sent, "flcrowd.rounds"],
            counted.Instruments.Select(instrument => instrument.Name).Order(StringComparer.Ordinal));
        Assert.All(counted.Instruments, instrument =>
        {
            Assert.Matches("^[a-z]+([._][a-z]+)*$", instrument.Name);
            Assert.Matches(@"^(By|\{[a-z]+\})$", instrument.Unit);
            Assert.EndsWith(".", instrument.Description, StringComparison.Ordinal);
        });
    }
}
