using Akka.Actor;
using Akka.TestKit.Xunit;
using FLCrowd.Actors.Experiments;
using FLCrowd.Actors.Nodes;
using FLCrowd.Actors.Tests.Fakes;

namespace FLCrowd.Actors.Tests.Experiments;

public class ExperimentRunnerSpec
{
    [Fact]
    public async Task A_run_ends_completed_with_its_counts()
    {
        var plugins = new FakePlugins();
        var plan = Games.Plan(Games.Of(("truthful", 5)) with { Episodes = 2 }, Games.Of(("truthful", 3)));
        await using var node = await TestNode.StartAsync(plugins);
        var (sink, seen) = (new MemorySink(), new List<ExperimentProgress>());
        var result = await node.RunAsync(plan, sink, progress: seen.Add);

        Assert.Empty(result.FailedGames);
        Assert.Equal(
            new ExperimentResult(ExperimentStatus.Completed, null, false, 3, (5 * 3 * 2) + (3 * 3), 0) { FailedGames = result.FailedGames },
            result);
        Assert.Equal(plan.Rounds, seen[^1].RoundsDone);
        Assert.Equal(Enumerable.Range(1, 9), seen.Select(progress => (int)progress.RoundsDone));
        Assert.Equal(1, sink.Disposals);
    }

    [Fact]
    public async Task Two_runs_one_after_the_other_in_one_system_give_the_same_and_every_model_is_disposed()
    {
        var plugins = new FakePlugins();
        await using var node = await TestNode.StartAsync(plugins);
        var plan = Games.Plan(Games.Of(("truthful", 7)), Games.Of(("truthful", 4)));
        var (first, second) = (new MemorySink(), new MemorySink());
        await node.RunAsync(plan, first, parallelGames: 2);
        var result = await node.RunAsync(plan, second, parallelGames: 2);

        Assert.Equal((ExperimentStatus.Completed, 0), (result.Status, result.DroppedMessages));
        Assert.Equal(first.Text, second.Text);
        Assert.Equal(4, plugins.World.Models);
        await DisposedAsync(plugins, 4);
    }

    [Fact]
    public async Task A_run_leaves_no_actors_behind()
    {
        var plugins = new FakePlugins();
        await using var node = await TestNode.StartAsync(plugins);
        using var kit = new TestKit(node.System);
        var (guardian, region) = (((ExtendedActorSystem)node.System).Guardian, FLCrowdNode.Of(node.System).Cohorts);
        var experiment = new TaskCompletionSource<IActorRef>();
        await node.RunAsync(Games.Plan(Games.Of(("truthful", 7))), new MemorySink(), progress: _ =>
            experiment.TrySetResult(((ActorRefWithCell)guardian).Children.Single(child => child.Path.Name.StartsWith('$'))));

        await kit.StoppedAsync(await experiment.Task);
        await DisposedAsync(plugins, 1); // the last cohort has told of its end
        region.Tell(new Identify(null), kit.TestActor);
        await kit.NextAsync<ActorIdentity>(); // the region has heard it
        Assert.Empty(((ActorRefWithCell)region).Children);
    }

    [Fact]
    public async Task An_interrupted_run_keeps_what_was_recorded()
    {
        var plugins = new FakePlugins();
        await using var node = await TestNode.StartAsync(plugins);
        using var cancel = new CancellationTokenSource();
        var sink = new MemorySink();
        var plan = Games.Plan(Games.Of(("truthful", 5)) with { Episodes = 1000 });
        var result = await node.RunAsync(plan, sink, cancel: cancel, progress: progress =>
        {
            if (progress.RoundsDone == 10)
            {
                cancel.Cancel();
            }
        });

        Assert.Equal((ExperimentStatus.Interrupted, null), (result.Status, result.Failure));
        Assert.InRange(result.EpisodesRecorded, 3, 999); // round 10 belongs to the fourth episode
        Assert.Equal(Enumerable.Range(0, result.EpisodesRecorded), sink.Episodes.Select(episode => episode.Number));
        await DisposedAsync(plugins, 1);
    }

    [Fact]
    public async Task A_run_that_is_interrupted_before_it_begins_ends()
    {
        using var cancel = new CancellationTokenSource();
        await cancel.CancelAsync();
        await using var node = await TestNode.StartAsync(new FakePlugins());
        var result = await node.RunAsync(Games.Plan(Games.Of(("truthful", 5)) with { Episodes = 1000 }), new MemorySink(), cancel: cancel);
        Assert.Equal(ExperimentStatus.Interrupted, result.Status);
    }

    [Fact]
    public async Task A_plan_without_games_is_done_at_once()
    {
        var (result, sink) = await TestNode.PlayAsync(new FakePlugins(), Games.Plan());
        Assert.Equal((ExperimentStatus.Completed, 0, 1), (result.Status, result.EpisodesRecorded, sink.Disposals));
    }

    [Fact]
    public async Task The_tables_are_written_to_the_directory()
    {
        var directory = Directory.CreateTempSubdirectory("flcrowd-test-");
        await using (var node = await TestNode.StartAsync(new FakePlugins()))
        {
            var plan = Games.Plan(Games.Of(("truthful", 5)) with { Episodes = 2 });
            await ExperimentRunner.RunAsync(node.System, plan, directory.FullName, 1, null, CancellationToken.None)
                .Within("the end of the run");
        }

        Assert.Equal(3, File.ReadAllLines(Path.Combine(directory.FullName, "episodes.csv")).Length);
        Assert.Equal(9, File.ReadAllLines(Path.Combine(directory.FullName, "rounds.csv")).Length);
        Assert.Equal(11, File.ReadAllLines(Path.Combine(directory.FullName, "clients.csv")).Length);
        directory.Delete(recursive: true);
    }

    private static async Task DisposedAsync(FakePlugins plugins, int models)
    {
        for (int model = 0; model < models; model++)
        {
            await plugins.World.Disposals.Reader.ReadAsync(TestContext.Current.CancellationToken).AsTask()
                .Within($"the disposal of model {model}");
        }

        Assert.False(plugins.World.Disposals.Reader.TryRead(out _), "a model was disposed twice");
    }
}
