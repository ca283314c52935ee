using Akka.Actor;
using FLCrowd.Actors.Experiments;
using FLCrowd.Actors.Tests.Fakes;

namespace FLCrowd.Actors.Tests.Playing;

public class LossyNetworkTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task Lost_doubled_and_late_messages_change_no_bit(ulong seed)
    {
        var game = Games.Of(("learner", 4), ("broken", 1), ("truthful", 5)).Excluding().Rounds(4) with { Episodes = 3 };
        var (_, undisturbed) = await TestNode.PlayAsync(Plugins(), Games.Plan(game));

        await using var node = await TestNode.StartAsync(Plugins());
        var (real, disturbances, sink) = (FLCrowdNode.Of(node.System), new Disturbances(), new MemorySink());
        var network = node.System.ActorOf(Props.Create(() => new LossyNetwork(new Seed(seed), real.Cohorts, disturbances)));
        var lossy = new FLCrowdNode(real.Catalog, real.Host, network, real.Evaluators);
        var plan = Games.Plan(game.Playing(execution => execution with { ResendAfter = TimeSpan.FromMilliseconds(50) }));
        var result = await ExperimentRunner.RunAsync(node.System, lossy, plan, sink, 1, null, TestContext.Current.CancellationToken)
            .Within("the end of the disturbed run");

        Assert.Equal(ExperimentStatus.Completed, result.Status);
        Assert.Equal(undisturbed.Text, sink.Text);
        Assert.True(disturbances is { Lost: > 0, Doubled: > 0, Held: > 0 });
        Assert.True(result.DroppedMessages > 0);
    }

    private static FakePlugins Plugins() => new FakePlugins()
        .AddReporter("broken", (in ReportView view, Span<float> _) =>
        {
            if (view.Round == 3)
            {
                throw new InvalidOperationException("boom");
            }
        })
        .AddStrategy("learner", _ =>
        {
            int observed = 0;
            return new FakeLearner(_ => observed++, view => view.Assignment.AsAction with { BatchSize = 1 + observed });
        });
}
