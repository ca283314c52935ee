using Akka.Actor;
using Akka.Cluster;
using Akka.Event;
using Akka.TestKit.Xunit;
using FLCrowd.Actors.Nodes;
using FLCrowd.Actors.Tests.Fakes;

namespace FLCrowd.Actors.Tests.Nodes;

public sealed class WorkforceWatchSpec() : TestKit("""
    akka { actor.provider = cluster, loglevel = WARNING, stdout-loglevel = OFF, loggers = [] }
    akka.remote.dot-netty.tcp { hostname = 127.0.0.1, port = 0 }
    flcrowd.wait-for-workers = 100ms
    """)
{
    [Fact]
    public async Task A_worker_that_was_silent_before_it_was_heard_of_is_not_there_until_it_answers()
    {
        await using var cluster = await TestCluster.StartAsync(new FakePlugins(), 1);
        var worker = Assert.Single(Cluster.Get(cluster.Server).State.Members, member => member.HasRole(ClusterRoles.Worker));
        Sys.EventStream.Subscribe(TestActor, typeof(Warning));
        var experiment = CreateTestProbe();
        var watch = experiment.ChildActorOf(
            Props.Create(() => new WorkforceWatch()), cancellationToken: TestContext.Current.CancellationToken);

        // The order in which one who subscribes late is told of both should not matter.
        watch.Tell(new ClusterEvent.UnreachableMember(worker));
        watch.Tell(new ClusterEvent.MemberUp(worker));
        await IsDesertedAsync();
        watch.Tell(new ClusterEvent.ReachableMember(worker));
        watch.Tell(new ClusterEvent.UnreachableMember(worker));
        await IsDesertedAsync();

        async Task IsDesertedAsync()
        {
            Assert.StartsWith(
                $"The worker {worker.Address} is silent, and no other is left; waiting",
                $"{(await this.NextAsync<Warning>()).Message}",
                StringComparison.Ordinal);
            await experiment.NextAsync<Deserted>();
        }
    }
}
