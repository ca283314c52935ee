using Akka.Actor;
using Akka.Cluster.Sharding;
using FLCrowd.Actors.Experiments;
using FLCrowd.Actors.Nodes;
using FLCrowd.Actors.Tests.Fakes;

namespace FLCrowd.Actors.Tests.Nodes;

public sealed class ReadinessSpec
{
    [Fact]
    public async Task Workers_are_ready_when_each_has_its_region()
    {
        await using var cluster = await TestCluster.StartAsync(new FakePlugins(), 3);
        var current = await FLCrowdNode.Of(cluster.Server).Cohorts.Ask<CurrentRegions>(
            GetCurrentRegions.Instance, TestContext.Current.CancellationToken).Within("the regions");
        Assert.Equal(3, current.Regions.Count);
        Assert.Equal(
            new Workforce(3, 3),
            await Membership.WorkersAsync(cluster.Server, 2, TestContext.Current.CancellationToken).Within("the workers"));
    }

    [Fact]
    public async Task A_run_that_nobody_works_for_fails_after_the_wait()
    {
        await using var cluster = await TestCluster.StartAsync(new FakePlugins(), 0, "flcrowd.wait-for-workers = 1s");
        var plan = Games.Plan(Games.Of(("truthful", 3)));
        var result = await ExperimentRunner.RunAsync(cluster.Server, plan, new MemorySink(), 1, null, TestContext.Current.CancellationToken)
            .Within("the end of the run");
        Assert.Equal((ExperimentStatus.Failed, "no worker is left, and none came within 1 s"), (result.Status, result.Failure));
    }
}
