using FLCrowd.Actors.Definitions;
using FLCrowd.Actors.Experiments;
using FLCrowd.Actors.Tests.Fakes;

namespace FLCrowd.Actors.Tests.Playing;

public class PayoffBasisSpec
{
    private static readonly ClientLossTerm Term = new(4, 0.5, 2, 1, 0, 0);

    [Fact]
    public async Task One_test_sample_of_each_episode_pays()
    {
        var game = Games.Of(("truthful", 4)).Paying(incentive => incentive with { PayoffBasis = PayoffBasis.Sample }) with { Episodes = 3 };
        var (_, sink) = await TestNode.PlayAsync(new FakePlugins(), Games.Plan(game));
        double[] samples = [.. Enumerable.Range(0, 3).Select(episode => new Seed(7).For("test-sample", episode).Index(1000, 0))];
        Assert.Equal(samples, sink.Episodes.Select(episode => episode.Result.PaidLoss!.Value));
        Assert.Equal(3, samples.Distinct().Count());
        Assert.All(sink.Episodes, episode => Assert.Equal(
            10 - episode.Result.PaidLoss!.Value, episode.Clients.First().Reward)); // the tiny model's loss on a sample is its number
    }

    [Fact]
    public async Task The_final_models_test_loss_and_what_training_adds_pay()
    {
        var game = Games.Of(("truthful", 4)).Paying(incentive => incentive with { PayoffBasis = PayoffBasis.Objective });
        var (_, sink) = await TestNode.PlayAsync(new FakePlugins(), Games.Plan(game));
        var result = sink.Episodes[0].Result;
        Assert.Equal(result.Rounds[^1].Evaluation.TestLoss + TinyModel.Added, result.PaidLoss!.Value);
    }

    [Fact]
    public async Task The_announced_surrogate_at_what_was_played_pays()
    {
        var (result, sink) = await PlayAsync(Games.Of(("truthful", 4), ("shirk", 1), ("double", 2)));
        Assert.Equal(ExperimentStatus.Completed, result.Status);
        double shirk = 0.5, twice = 2;
        Assert.Equal(9 + shirk + 2 * twice, sink.Episodes[0].Result.PaidLoss!.Value, 12);
    }

    [Fact]
    public async Task A_client_that_fails_before_it_is_ready_changes_nothing_and_one_that_fails_later_what_it_chose()
    {
        var (_, sink) = await PlayAsync(Games.Of(("truthful", 3), ("throws", 1), ("shirk", 1)).Excluding(), failing: 4);
        Assert.Equal([3, 4], sink.Episodes[0].Clients.Where(client => client.Failure is not null).Select(client => client.Client));
        Assert.Equal(9.5, sink.Episodes[0].Result.PaidLoss!.Value, 12);
    }

    private static Task<(ExperimentResult Result, MemorySink Sink)> PlayAsync(GameDefinition game, int failing = -1)
    {
        var plugins = new FakePlugins()
            .Add("shirk", view => view.Assignment.AsAction with { Effort = 0 })
            .Add("double", view => view.Assignment.AsAction with { Gamma = 2 })
            .Add("throws", _ => throw new InvalidOperationException("boom"));
        plugins.Mechanism = new FakeMechanism
        {
            Announcing = view => [.. FakeMechanism.Usual(view).Select(usual =>
                usual with { Terms = new RewardTerms(usual.Terms.Fixed, 1, SurrogateTerms.Write(Term, truthfulLoss: 9)) })],
        };
        plugins.World.BeforeTraining = client => _ = client == failing ? throw new InvalidOperationException("boom") : 0;
        return TestNode.PlayAsync(
            plugins,
            Games.Plan(
                game.Paying(incentive => incentive with { PayoffBasis = PayoffBasis.Bound })
                    .Playing(execution => execution with { CohortSize = 2 })));
    }
}
