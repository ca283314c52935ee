using Akka.Actor;
using Akka.Cluster;
using Akka.Configuration;
using Akka.Dispatch.SysMsg;
using Akka.Remote.Serialization;
using Akka.Serialization;
using FLCrowd.Actors.Network;
using FLCrowd.Actors.Nodes;
using FLCrowd.Actors.Protocol;
using FLCrowd.Actors.Tests.Fakes;

namespace FLCrowd.Actors.Tests.Network;

/// <summary>Somebody else on this machine, who knows how nodes speak.</summary>
public sealed class StrangerSpec
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_game_has_the_same_bits_whatever_a_stranger_sends(bool encrypted)
    {
        var game = Games.Of(("truthful", 9)).Rounds(20) with { Episodes = 3 };
        var (_, alone) = await TestNode.PlayAsync(new FakePlugins(), Games.Plan(game));
        await using var cluster = await TestCluster.StartAsync(new FakePlugins(), 2, tls: encrypted ? NodeTls.ForOneRun() : null);
        var victims = cluster.Nodes.Select(node => new Recipient(node, "victim")).ToList();
        await using var stranger = new Stranger();
        using var ended = new CancellationTokenSource();
        var attack = Task.Run(
            async () =>
            {
                do
                {
                    foreach (var node in cluster.Nodes)
                    {
                        stranger.Attack(Cluster.Get(node).SelfAddress);
                        await Task.Yield();
                    }
                }
                while (!ended.IsCancellationRequested);
            },
            TestContext.Current.CancellationToken);
        Assert.Equal(alone.Text, (await cluster.PlayAsync(Games.Plan(game))).Text);
        await ended.CancelAsync();
        await attack;
        Assert.False(Stranger.HasDeployed);
        Assert.Equal(new Workforce(2, 2), Membership.WorkersOf(cluster.Server));
        foreach (var victim in victims)
        {
            victim.Actor.Tell("still here");
            Assert.Equal("still here", await victim.NextAsync("an answer"));
        }
    }

    [Fact]
    public async Task What_a_stranger_may_say_without_certificates_comes_and_what_harms_does_not()
    {
        await using var cluster = await TestCluster.StartAsync(new FakePlugins(), 0);
        var victim = new Recipient(cluster.Server, "victim");
        await using var stranger = new Stranger();
        var seen = victim.SeenFrom(stranger.System);
        seen.Tell(new RunUnderWay("first"));
        seen.Tell(PoisonPill.Instance);
        seen.Tell(Kill.Instance);
        seen.Tell(new RunUnderWay("last"));
        Assert.Equal(new RunUnderWay("first"), await victim.NextAsync("what came before"));
        Assert.Equal(new RunUnderWay("last"), await victim.NextAsync("what came after"));
    }

    [Fact]
    public async Task Messages_that_stop_deploy_or_name_any_type_are_not_even_made()
    {
        await using var cluster = await TestCluster.StartAsync(new FakePlugins(), 0);
        var (serialization, system) = (cluster.Server.Serialization, (ExtendedActorSystem)cluster.Server);
        var (misc, messages) = (new MiscMessageSerializer(system), new SystemMessageSerializer(system));
        object[] harms =
            [PoisonPill.Instance, Kill.Instance, new RemoteScope(Cluster.Get(system).SelfAddress), ConfigurationFactory.Empty];
        foreach (object harm in harms)
        {
            Refused(misc.ToBinary(harm), misc.Identifier, misc.Manifest(harm));
        }

        foreach (object harm in (object[])[new Terminate(), new Suspend(), new Resume(null), new Supervise(system.DeadLetters, true)])
        {
            Refused(messages.ToBinary(harm), messages.Identifier, $"{harm.GetType().FullName}, Akka");
        }

        var json = new NewtonSoftJsonSerializer(system);
        Refused(json.ToBinary(new Uri("http://example.org")), json.Identifier, typeof(Uri).AssemblyQualifiedName!);
        Refused([], new DaemonMsgCreateSerializer(system).Identifier, "Akka.Remote.DaemonMsgCreate, Akka.Remote");

        void Refused(byte[] bytes, int serializer, string manifest) => Assert.Contains(
            "is no message that nodes send each other",
            Assert.ThrowsAny<Exception>(() => serialization.Deserialize(bytes, serializer, manifest)).Message);
    }
}
