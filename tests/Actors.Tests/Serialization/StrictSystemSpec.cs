using System.Runtime.Serialization;
using FLCrowd.Actors.Experiments;
using FLCrowd.Actors.Serialization;
using FLCrowd.Actors.Tests.Fakes;

namespace FLCrowd.Actors.Tests.Serialization;

public sealed class StrictSystemSpec(SerializerFixture fixture) : IClassFixture<SerializerFixture>
{
    [Fact]
    public async Task A_type_that_nobody_registered_is_an_error()
    {
        await using var node = await TestNode.StartAsync(new FakePlugins());
        Assert.False(node.System.Settings.Config.GetBoolean("akka.actor.serialization-settings.allow-unregistered-types", true));
        Assert.ThrowsAny<SerializationException>(() => node.System.Serialization.FindSerializerFor(new Unregistered(1)));
        Assert.ThrowsAny<SerializationException>(() => node.System.Serialization.FindSerializerFor(new ClientAction(1, 1, 1)));
    }

    [Fact]
    public async Task Every_message_is_written_by_the_protocols_serializer()
    {
        await using var node = await TestNode.StartAsync(new FakePlugins());
        Assert.All(
            SampleMessages.All(fixture.Actor),
            message => Assert.IsType<ProtocolSerializer>(node.System.Serialization.FindSerializerFor(message)));
    }

    [Fact]
    public async Task A_game_whose_messages_are_all_written_and_read_has_the_same_bits()
    {
        var game = Games.Of(("truthful", 4), ("broken", 1), ("scaled", 3)).Excluding() with { Episodes = 2 };
        var (_, plain) = await TestNode.PlayAsync(Plugins(), Games.Plan(game));
        foreach (string aggregator in (string[])["mean", "chained"])
        {
            var plan = Games.Plan(game.Learning(learning => learning with { Aggregator = new PluginChoice(aggregator) }));
            await using var node = await TestNode.StartAsync(Plugins(), hocon: "akka.actor.serialize-messages = on");
            var sink = new MemorySink();
            var result = await node.RunAsync(plan, sink);
            Assert.Equal((ExperimentStatus.Completed, null), (result.Status, result.Failure));
            Assert.Equal(aggregator == "mean", plain.Text == sink.Text);
        }
    }

    private static FakePlugins Plugins() => new FakePlugins()
        .Add("broken", _ => throw new InvalidOperationException("boom"))
        .Add("scaled", view => view.Assignment.AsAction with { Gamma = 0.5 });

    private sealed record Unregistered(int Number);
}
