using Akka.Cluster;
using FLCrowd.Actors.Nodes;
using FLCrowd.Actors.Tests.Fakes;

namespace FLCrowd.Actors.Tests.Nodes;

/// <summary>How nodes find each other, whatever is started first.</summary>
public sealed class SeekerSpec
{
    [Fact]
    public async Task Workers_wait_for_the_node_of_a_run_which_founds_the_cluster()
    {
        await using var nodes = new TestCluster();
        var seed = await nodes.AddAsync(new FakePlugins(), new(NodeRole.Worker));
        var worker = await nodes.AddAsync(new FakePlugins(), new(NodeRole.Worker));
        string[] seeds = [Membership.AddressOf(seed)];
        Entrance[] workers = [Membership.Enter(worker, seeds), Membership.Enter(seed, seeds)];
        await Task.WhenAll(workers.Select(entrance => entrance.Welcome)).Within("that the workers are let in");
        Assert.DoesNotContain(workers, entrance => entrance.Up.IsCompleted);

        var server = await nodes.AddAsync(new FakePlugins(), new(NodeRole.Server));
        await Membership.JoinAsync(server, seeds, TestContext.Current.CancellationToken).Within("the cluster");
        var workforce = await Membership.WorkersAsync(server, 2, TestContext.Current.CancellationToken).Within("the workers");
        Assert.Equal(new Workforce(2, 2), workforce);

        // The server may know it before they do.
        await Task.WhenAll(workers.Select(entrance => entrance.Up)).Within("that the workers know that they are up");
    }

    [Fact]
    public async Task A_cluster_asks_its_seed_back_in_that_was_started_again_and_knows_nobody()
    {
        await using var nodes = new TestCluster();
        var server = await nodes.AddAsync(new FakePlugins(), new(NodeRole.Server));
        var seed = await nodes.AddAsync(
            new FakePlugins(), new(NodeRole.Worker) { Akka = "akka.coordinated-shutdown.run-by-actor-system-terminate = off" });
        string[] seeds = [Membership.AddressOf(seed)];
        _ = Membership.Enter(seed, seeds);
        await Membership.JoinAsync(server, seeds, TestContext.Current.CancellationToken).Within("the cluster");
        await Membership.WorkersAsync(server, 1, TestContext.Current.CancellationToken).Within("the worker");

        // As if it were killed: it takes leave of nobody.
        int port = Membership.PortOf(seed);
        await seed.Terminate().Within("its end");
        var again = await nodes.AddAsync(new FakePlugins(), new(NodeRole.Worker, Port: port));
        await Membership.Enter(again, seeds).Up.Within("that it is back");
        Assert.Equal(seeds[0], Membership.AddressOf(again));
        Assert.Contains(Cluster.Get(again).State.Members, member => member.Address == Cluster.Get(server).SelfAddress);
    }

    [Fact]
    public async Task Of_two_clusters_that_in_which_nothing_is_played_ends_and_its_nodes_may_join_the_other()
    {
        await using var nodes = new TestCluster();
        var playing = await nodes.AddAsync(new FakePlugins(), new(NodeRole.Server));
        var idle = await nodes.AddAsync(new FakePlugins(), new(NodeRole.Server));
        var worker = await nodes.AddAsync(new FakePlugins(), new(NodeRole.Worker));
        string[] seeds = [Membership.AddressOf(worker)];
        await Membership.JoinAsync(playing, [], TestContext.Current.CancellationToken).Within("a cluster");
        await Membership.JoinAsync(idle, seeds, TestContext.Current.CancellationToken).Within("another one: the worker is in none");
        await Membership.JoinAsync(worker, [Membership.AddressOf(playing)], TestContext.Current.CancellationToken).Within("the worker");

        await idle.WhenTerminated.Within("the end of the cluster without workers");
        Assert.False(playing.WhenTerminated.IsCompleted || worker.WhenTerminated.IsCompleted);
        var again = await nodes.AddAsync(new FakePlugins(), new(NodeRole.Server));
        await Membership.JoinAsync(again, seeds, TestContext.Current.CancellationToken).Within("the cluster of the worker");
        Assert.Equal(3, Cluster.Get(again).State.Members.Count);
    }
}
