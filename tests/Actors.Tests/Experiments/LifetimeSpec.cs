using Akka.Actor;
using FLCrowd.Actors.Experiments;
using FLCrowd.Actors.Nodes;
using FLCrowd.Actors.Protocol;
using FLCrowd.Actors.Tests.Fakes;

namespace FLCrowd.Actors.Tests.Experiments;

public class LifetimeSpec
{
    [Fact]
    public async Task A_model_is_not_disposed_while_it_is_tested()
    {
        var plugins = new FakePlugins();
        using var cancel = new CancellationTokenSource();
        using var disposed = new ManualResetEventSlim();
        bool isDisposedEarly = false;
        plugins.World.Disposing = disposed.Set;
        plugins.World.Evaluate = loss =>
        {
            cancel.Cancel();

            // What must not come cannot be awaited: without the guard, the interrupted game disposes its model well within this.
            isDisposedEarly |= disposed.Wait(TimeSpan.FromMilliseconds(300), CancellationToken.None);
            return new Evaluation(loss, loss, 0);
        };
        await using var node = await TestNode.StartAsync(plugins);
        var game = Games.Of(("truthful", 3)).Playing(execution => execution with { EvaluateEvery = 0 });
        var result = await node.RunAsync(Games.Plan(game), new MemorySink(), cancel: cancel);
        await plugins.World.Disposals.Reader.ReadAsync(TestContext.Current.CancellationToken).AsTask().Within("the disposal of the model");

        Assert.Equal(ExperimentStatus.Interrupted, result.Status);
        Assert.False(isDisposedEarly);
    }

    [Fact]
    public async Task A_model_that_cannot_be_disposed_harms_no_other_run()
    {
        var plugins = new FakePlugins();
        plugins.World.Disposing = () => throw new InvalidOperationException("stuck");
        await using var node = await TestNode.StartAsync(plugins);
        var plan = Games.Plan(Games.Of(("truthful", 3)), Games.Of(("truthful", 3)) with { Episodes = 20 });
        var (first, second) = (new MemorySink(), new MemorySink());
        Assert.Equal(ExperimentStatus.Completed, (await node.RunAsync(plan, first, parallelGames: 2)).Status);
        Assert.Equal(ExperimentStatus.Completed, (await node.RunAsync(plan, second, parallelGames: 2)).Status);
        Assert.Equal(first.Text, second.Text);
        for (int model = 0; model < 4; model++)
        {
            await plugins.World.Disposals.Reader.ReadAsync(TestContext.Current.CancellationToken).AsTask()
                .Within("the disposal of a model");
        }

        Assert.Equal(4, plugins.World.Models);
    }

    [Fact]
    public async Task A_game_without_progress_gives_up_and_names_the_missing_cohort()
    {
        await using var node = await TestNode.StartAsync(new FakePlugins());
        var real = FLCrowdNode.Of(node.System);
        var deaf = node.System.ActorOf(Props.Create(() => new DeafToCohort(1, real.Cohorts)));
        var game = Games.Of(("truthful", 7)).Playing(execution => execution with
        {
            ResendAfter = TimeSpan.FromMilliseconds(100),
            GiveUpAfter = TimeSpan.FromSeconds(1),
        });
        var result = await ExperimentRunner.RunAsync(
            node.System,
            new FLCrowdNode(real.Catalog, real.Host, deaf, real.Evaluators),
            Games.Plan(game),
            new MemorySink(),
            1,
            null,
            TestContext.Current.CancellationToken).Within("the end of the stuck run");
        Assert.Equal("no progress for 1 s; still waiting for the labels of episode 0 from cohorts 1", result.Failure);
    }

    private sealed class DeafToCohort : ReceiveActor
    {
        public DeafToCohort(int cohort, IActorRef region) => Receive<IToCohort>(message =>
        {
            if (message.Cohort != cohort)
            {
                region.Forward(message);
            }
        });
    }
}
