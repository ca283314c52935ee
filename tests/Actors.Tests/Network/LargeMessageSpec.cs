using Akka.Actor;
using FLCrowd.Actors.Nodes;
using FLCrowd.Actors.Protocol;
using FLCrowd.Actors.Serialization;
using FLCrowd.Actors.Tests.Fakes;
using FLCrowd.Actors.Tests.Serialization;

namespace FLCrowd.Actors.Tests.Network;

public sealed class LargeMessageSpec
{
    private const int Large = 6 << 20;

    /// <summary>Those that hold nothing whose length is free.</summary>
    private static readonly string[] AlwaysSmall = ["dg1", "dm1", "dp1", "rd1", "rq1", "rw1", "un1", "we1"];

    [Fact]
    public async Task Every_message_reaches_another_node_as_it_was_sent_however_large()
    {
        await using var cluster = await TestCluster.StartAsync(new FakePlugins(), 0);
        var other = await cluster.AddAsync(new FakePlugins(), new NodeSettings(NodeRole.Worker));
        var recipient = new Recipient(other, "recipient");
        var target = recipient.SeenFrom(cluster.Server);
        var provider = ((ExtendedActorSystem)cluster.Server).Provider;
        foreach (var (manifest, type) in ProtocolSerializer.Manifests)
        {
            var random = new RandomMessages(
                new Seed(14).For(manifest), name => provider.ResolveActorRef($"akka.tcp://test@127.0.0.1:1/user/{name}"), Large);
            var sent = random.Make(type);
            target.Tell(sent);
            var got = await recipient.NextAsync(type.Name);
            Assert.IsType(type, got);
            byte[] bytes = Bytes(cluster.Server, sent);
            Assert.True(bytes.AsSpan().SequenceEqual(Bytes(other, got)), $"{type.Name} is not what was sent");
            Assert.True(bytes.Length > Large / 2 != AlwaysSmall.Contains(manifest), $"{type.Name} has {bytes.Length} bytes");
        }
    }

    [Fact]
    public async Task A_message_longer_than_the_longest_is_an_error_that_is_logged_and_the_next_one_comes()
    {
        await using var cluster = await TestCluster.StartAsync(
            new FakePlugins(), 0, $"akka.remote.flcrowd.largest-message = 1MiB\n{KeptLog.Hocon("ERROR")}");
        var other = await cluster.AddAsync(new FakePlugins(), new NodeSettings(NodeRole.Worker));
        var recipient = new Recipient(other, "recipient");
        var target = recipient.SeenFrom(cluster.Server);
        target.Tell(new RunUnderWay(new string('x', Large)));
        target.Tell(new RunUnderWay("short"));
        Assert.Equal(new RunUnderWay("short"), await recipient.NextAsync("the short one"));
        Assert.Contains(
            await KeptLog.OfAsync(cluster.Server),
            log => $"{log.Cause?.Message}".Contains("max allowed size 1048576 bytes", StringComparison.Ordinal));
    }

    private static byte[] Bytes(ActorSystem system, object message) =>
        Akka.Serialization.Serialization.WithTransport(
            (ExtendedActorSystem)system, () => system.Serialization.FindSerializerFor(message).ToBinary(message));
}
