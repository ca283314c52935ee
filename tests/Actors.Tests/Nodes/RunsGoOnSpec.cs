using Akka.Cluster;
using FLCrowd.Actors.Experiments;
using FLCrowd.Actors.Nodes;
using FLCrowd.Actors.Tests.Fakes;

namespace FLCrowd.Actors.Tests.Nodes;

/// <summary>Who goes on when a node is silent for good.</summary>
public sealed class RunsGoOnSpec
{
    /// <summary>A node dies without a word, and is soon missed.</summary>
    private const string Quick = """
        akka.coordinated-shutdown.run-by-actor-system-terminate = off
        akka.cluster.failure-detector { heartbeat-interval = 200ms, acceptable-heartbeat-pause = 2s }
        akka.cluster.split-brain-resolver.stable-after = 500ms
        """;

    [Fact]
    public async Task A_run_outlives_the_node_of_an_older_one()
    {
        await using var nodes = await TestCluster.StartAsync(new FakePlugins(), 1, Quick);
        var younger = await nodes.AddAsync(new FakePlugins(), new NodeSettings(NodeRole.Server) { Akka = Quick });
        await nodes.JoinAsync(younger);
        await nodes.Server.Terminate().Within("the end of the older run");
        await UntilAsync(() => Cluster.Get(younger).State.Members.Count == 2 || younger.WhenTerminated.IsCompleted)
            .Within("that it is removed");

        var plan = Games.Plan(Games.Of(("truthful", 3)));
        var result = await ExperimentRunner.RunAsync(younger, plan, new MemorySink(), 1, null, TestContext.Current.CancellationToken)
            .Within("the end of the run");
        Assert.Equal((ExperimentStatus.Completed, null), (result.Status, result.Failure));
    }

    [Fact]
    public async Task A_worker_whose_run_is_gone_ends_its_system_so_that_it_can_join_the_next()
    {
        await using var nodes = await TestCluster.StartAsync(new FakePlugins(), 0, Quick);
        var worker = await nodes.AddAsync(new FakePlugins(), new NodeSettings(NodeRole.Worker) { Akka = Quick });
        await nodes.JoinAsync(worker);
        await nodes.Server.Terminate().Within("the end of the run");
        await worker.WhenTerminated.Within("the end of the worker's system");
    }

    private static async Task UntilAsync(Func<bool> isSo)
    {
        using var looks = new PeriodicTimer(TimeSpan.FromMilliseconds(10));
        while (!isSo())
        {
            await looks.WaitForNextTickAsync(TestContext.Current.CancellationToken);
        }
    }
}
