using System.Collections.Concurrent;
using FLCrowd.Actors.Tests.Fakes;

namespace FLCrowd.Actors.Tests.Playing;

public class LearningClientSpec
{
    [Fact]
    public async Task A_client_observes_its_own_outcomes_in_the_order_of_episodes()
    {
        var seen = new ConcurrentDictionary<int, ConcurrentQueue<EpisodeOutcome>>();
        var plugins = new FakePlugins().AddStrategy("learner", client => new FakeLearner(
            outcome => seen.GetOrAdd(client, _ => new()).Enqueue(outcome),
            view => view.Assignment.AsAction with { BatchSize = 1 + view.Client + view.Episode }));
        var (_, sink) = await TestNode.PlayAsync(plugins, Games.Plan(Games.Of(("learner", 5)) with { Episodes = 3 }));

        for (int client = 0; client < 5; client++)
        {
            var outcomes = seen[client].ToList();
            Assert.Equal([0, 1, 2], outcomes.Select(outcome => outcome.Episode));
            var recorded = sink.Episodes.Select(episode => episode.Clients.Single(outcome => outcome.Client == client)).ToList();
            Assert.Equal(recorded.Select(outcome => outcome.Action), outcomes.Select(outcome => (ClientAction?)outcome.Action));
            Assert.Equal(
                recorded.Select(outcome => (outcome.Reward, outcome.Cost)), outcomes.Select(outcome => (outcome.Reward, outcome.Cost)));
            Assert.Equal(
                sink.Episodes.Select(episode => episode.Result.Rounds[^1].Evaluation.TestLoss),
                outcomes.Select(outcome => outcome.TestLoss));
        }
    }

    [Fact]
    public async Task One_strategy_serves_a_client_through_all_episodes_of_a_game()
    {
        var made = new ConcurrentQueue<int>();
        var plugins = new FakePlugins().AddStrategy("counted", client =>
        {
            made.Enqueue(client);
            return new FakeStrategy(FakeStrategy.Truthful);
        });
        await TestNode.PlayAsync(plugins, Games.Plan(Games.Of(("counted", 5)) with { Episodes = 3 }));
        Assert.Equal(Enumerable.Range(0, 5), made.Order());
    }

    [Fact]
    public async Task A_client_is_told_all_that_it_may_know()
    {
        var views = new ConcurrentDictionary<int, ClientView>();
        var plugins = new FakePlugins().Add("curious", view => (views[view.Client] = view).Assignment.AsAction);
        var game = Games.Of(("truthful", 2), ("curious", 2))
            .Learning(learning => learning with { Protocol = learning.Protocol with { Replacement = false } });
        await TestNode.PlayAsync(plugins, Games.Plan(game));

        var view = views[3];
        Assert.Equal((3, 0, 1), (view.Client, view.Episode, view.Episodes));
        Assert.Equal((TinyModel.Samples, TinyModel.Classes), (view.SampleCount, view.ClassCount));
        Assert.Equal(TinyModel.Samples, view.MaxBatchSize);
        Assert.Equal(new ClientCosts(20, 0.5), view.Costs);
        Assert.Equal(2.0 / 6, view.Weight, 12);
        Assert.Equal((13, 1), (view.Assignment.Terms.Fixed, view.Assignment.Terms.LossSlope));
        Assert.NotEqual(views[2].Seed, view.Seed);
    }

    [Fact]
    public async Task Costs_are_those_of_the_action_played()
    {
        var plugins = new FakePlugins().Add("half", view => new ClientAction(0.5, 3, 1));
        var (_, sink) = await TestNode.PlayAsync(plugins, Games.Plan(Games.Of(("truthful", 1), ("half", 1))));
        Assert.Equal([20 + (3 * 0.5 * 2), (0.5 * 20) + (3 * 0.5 * 3)], sink.Episodes[0].Clients.Select(client => client.Cost));
    }

    [Fact]
    public async Task A_labeler_and_an_effort_decide_the_labels()
    {
        var plugins = new FakePlugins().AddStrategy("flipping", _ => new FakeLabeler(view => (view.Label + 1) % view.ClassCount));
        await TestNode.PlayAsync(plugins, Games.Plan(Games.Of(("truthful", 1), ("flipping", 1))));
        Assert.Equal([0, 1, 2, 0], plugins.World.Labels[0]);
        Assert.Equal([2, 0, 1, 2], plugins.World.Labels[1]);
    }
}
