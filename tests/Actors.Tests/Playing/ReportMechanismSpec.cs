using Akka.Actor;
using FLCrowd.Actors.Definitions;
using FLCrowd.Actors.Experiments;
using FLCrowd.Actors.Nodes;
using FLCrowd.Actors.Tests.Fakes;

namespace FLCrowd.Actors.Tests.Playing;

/// <summary>Mechanisms that look at reports or have the training replayed, through all actors.</summary>
public class ReportMechanismSpec
{
    [Theory]
    [InlineData("mean")]
    [InlineData("chained")]
    public async Task The_loss_without_a_client_is_that_of_a_game_that_excludes_it(string aggregator)
    {
        var mechanism = new FakeReplayer(0, 2, 6);
        await TestNode.PlayAsync(Plugins(mechanism), Games.Plan(Game(aggregator, ("noisy", 7))));
        Assert.Equal(3, mechanism.LossWithout.Count);
        foreach (var (client, loss) in mechanism.LossWithout)
        {
            var plugins = Plugins(new FakeMechanism()).AddStrategy(
                "absent", asked => asked == client ? new FakeStrategy(_ => throw new InvalidOperationException("away")) : Noisy());
            var (result, sink) = await TestNode.PlayAsync(plugins, Games.Plan(Game(aggregator, ("absent", 7)).Excluding()));
            Assert.Equal(ExperimentStatus.Completed, result.Status);
            Assert.Equal(sink.Episodes[0].Result.Rounds[^1].Evaluation.TestLoss, loss); // to the last bit
        }
    }

    [Fact]
    public async Task Replays_count_as_updates_but_not_as_rounds()
    {
        var progress = new List<ExperimentProgress>();
        await using var node = await TestNode.StartAsync(Plugins(new FakeReplayer(0, 1)));
        var result = await node.RunAsync(Games.Plan(Game("mean", ("noisy", 7))), new MemorySink(), progress: progress.Add);
        Assert.Equal(3 * (7 + 6 + 6), result.ClientUpdates);
        Assert.Equal(3, progress[^1].RoundsDone);
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(4, 3)]
    public async Task Results_have_the_same_bits_for_any_threads_and_chunks(int threads, int chunkSize)
    {
        foreach (var mechanism in new Func<IIncentiveMechanism>[] { () => new FakeObserver(), () => new FakeReplayer(1, 5) })
        {
            var expected = await PlayAsync(mechanism(), 2, 2);
            Assert.Equal(expected, await PlayAsync(mechanism(), threads, chunkSize));
        }

        static async Task<string> PlayAsync(IIncentiveMechanism mechanism, int threads, int chunkSize)
        {
            var game = Game("mean", ("noisy", 7)).Playing(execution => execution with { ChunkSize = chunkSize }) with { Episodes = 2 };
            var (result, sink) = await TestNode.PlayAsync(Plugins(mechanism), Games.Plan(game), threads);
            Assert.Equal((ExperimentStatus.Completed, 0), (result.Status, result.DroppedMessages));
            return sink.Text;
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task Lost_doubled_and_late_messages_change_no_bit(ulong seed)
    {
        foreach (var mechanism in new Func<IIncentiveMechanism>[] { () => new FakeObserver(), () => new FakeReplayer(0, 6) })
        {
            var game = Game("mean", ("noisy", 7)) with { Episodes = 2 };
            var (_, undisturbed) = await TestNode.PlayAsync(Plugins(mechanism()), Games.Plan(game));

            await using var node = await TestNode.StartAsync(Plugins(mechanism()));
            var (real, disturbances, sink) = (FLCrowdNode.Of(node.System), new Disturbances(), new MemorySink());
            var network = node.System.ActorOf(Props.Create(() => new LossyNetwork(new Seed(seed), real.Cohorts, disturbances)));
            var lossy = new FLCrowdNode(real.Catalog, real.Host, network, real.Evaluators);
            var plan = Games.Plan(game.Playing(execution => execution with { ResendAfter = TimeSpan.FromMilliseconds(50) }));
            var result = await ExperimentRunner.RunAsync(node.System, lossy, plan, sink, 1, null, TestContext.Current.CancellationToken)
                .Within("the end of the disturbed run");
            Assert.Equal(ExperimentStatus.Completed, result.Status);
            Assert.Equal(undisturbed.Text, sink.Text);
            Assert.True(disturbances is { Lost: > 0, Doubled: > 0, Held: > 0 });
        }
    }

    [Fact]
    public async Task Rounds_are_seen_in_order_and_looking_changes_no_bit_of_the_models()
    {
        var observer = new FakeObserver();
        var (_, watched) = await TestNode.PlayAsync(Plugins(observer), Games.Plan(Game("mean", ("noisy", 7)).Rounds(12)));
        var (_, plain) = await TestNode.PlayAsync(Plugins(new FakeMechanism()), Games.Plan(Game("mean", ("noisy", 7)).Rounds(12)));
        Assert.Equal(Enumerable.Range(1, 12), observer.Seen);
        Assert.Equal(plain.Episodes[0].Result.Rounds, watched.Episodes[0].Result.Rounds);
    }

    [Fact]
    public async Task A_mechanism_that_fails_to_look_is_named_with_the_round()
    {
        var observer = new FakeObserver
        {
            Seeing = view =>
            {
                if (view.Round == 2)
                {
                    throw new InvalidOperationException("boom");
                }
            },
        };
        var (result, _) = await TestNode.PlayAsync(Plugins(observer), Games.Plan(Game("mean", ("noisy", 7))));
        Assert.Equal(
            (ExperimentStatus.Failed, "the mechanism 'pay' failed to observe round 2 of episode 0: boom"), (result.Status, result.Failure));
    }

    private static GameDefinition Game(string aggregator, params (string, int)[] groups) =>
        Games.Of(groups).Learning(learning => learning with { Aggregator = new PluginChoice(aggregator) });

    private static FakePlugins Plugins(IIncentiveMechanism mechanism) =>
        new FakePlugins { Mechanism = mechanism }.AddStrategy("noisy", _ => Noisy());

    private static FakeReporter Noisy() => new((in ReportView view, Span<float> report) =>
    {
        for (int i = 0; i < report.Length; i++)
        {
            report[i] += (float)view.Seed.Normal(i) + (0.1f * view.Round);
        }
    });
}
