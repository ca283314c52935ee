using FLCrowd.Actors.Recording;
using FLCrowd.Model;

namespace FLCrowd.Host.Tests;

/// <summary>What pay is based on, in games of the real actors.</summary>
public class PayoffBasisSpec
{
    /// <summary>Ten clients in four cohorts, in the quadratic world, under LCEME over a surrogate that no simulation would give.</summary>
    private const string Game = """
        flcrowd {
          learning { model = quadratic, step-size = 0.1, rounds = 5 }
          game {
            mechanism = lceme, assignment = 60, payoff-basis = bound, computation-cost = 0.01, money-per-loss = 7
            lceme { surrogate = given, surrogate-options {
              batch-slope = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10], effort-slope = [2], report-curvature = [0.2],
              norm-constant = [1], norm-batch-slope = [3], norm-effort-slope = [2], constant = 0.3, minimal-loss = 0.25 } }
          }
          execution { cohort-size = 3 }
        }
        """;

    [Theory]
    [InlineData("effort = 0")]
    [InlineData("effort = 0.5, batch-size = 7")]
    [InlineData("batch-size = 1")]
    [InlineData("batch-size = 400")]
    [InlineData("gamma = 0")]
    [InlineData("gamma = 2.5")]
    [InlineData("effort = 0, batch-size = 1, gamma = 0")]
    [InlineData("effort = 1")]
    public async Task By_the_bound_the_payoff_of_a_unilateral_deviation_is_u_hat(string deviation)
    {
        foreach (int deviator in (int[])[0, 4, 9])
        {
            var played = await Played.FileAsync(
                Game, $"clients=[{{ strategy = fixed, {deviation}, ids = [{deviator}] }}, {{ strategy = truthful, share = 1 }}]");
            var client = played.Episodes[0].Clients.Single(client => client.Client == deviator);
            Assert.Equal(client.SurrogatePayoff!.Value, client.Reward - client.Cost, 1e-9);
            if (deviation != "effort = 1")
            {
                Assert.True(client.SurrogatePayoff < -1e-6); // Theorem 2: truthful is dominant, and pays 0
                Assert.NotEqual(0, client.Reward - played.Episodes[0].Clients.First(other => other.Strategy == "truthful").Reward, 1e-6);
            }
            else
            {
                Assert.Equal(0, client.Reward - client.Cost, 1e-9);
            }
        }
    }

    [Fact]
    public async Task By_the_bound_a_joint_deviation_is_paid_by_the_surrogate_at_the_profile()
    {
        var played = await Played.FileAsync(Game, """
            clients=[
              { strategy = fixed, effort = 0, count = 2 }, { strategy = fixed, effort = 0.25, batch-size = 3, gamma = 0, count = 3 },
              { strategy = fixed, gamma = 2, batch-size = 600, count = 2 }, { strategy = truthful, share = 1 }]
            """);
        var (episode, surrogate) = (played.Episodes[0], played.Plan.Games[0].Incentive.Surrogate!);
        double loss = surrogate.MinimalLoss + surrogate.Loss([.. episode.Clients.Select(client => client.Action!.Value)]);
        Assert.Equal(loss, episode.Result.PaidLoss!.Value, 1e-12);
        Assert.NotEqual(loss, TestLoss(episode), 0.1);
        Assert.Equal(-7 * loss - episode.Result.TotalReward, episode.Result.ServerPayoff, 1e-9);
        Assert.All(episode.Clients, client => Assert.NotEqual(client.SurrogatePayoff!.Value, client.Reward - client.Cost, 1e-3));
    }

    [Fact]
    public async Task Expected_pays_by_the_test_loss()
    {
        var episode = (await Played.FileAsync(Game, "game.payoff-basis=expected")).Episodes[0];
        Assert.Equal(TestLoss(episode), episode.Result.PaidLoss);
        Assert.Equal(-7 * TestLoss(episode) - episode.Result.TotalReward, episode.Result.ServerPayoff, 1e-9);
    }

    [Theory]
    [InlineData("softmax", "simd")]
    [InlineData("softmax", "torch")]
    public async Task Sample_pays_by_the_final_models_loss_on_one_test_sample(string model, string kernel)
    {
        string[] game =
        [
            $"learning.model={model}", $"learning.{model}.kernel={kernel}", "learning.rounds=2",
            "data.clients=2", "data.samples-per-client=20",
            "experiment.episodes=3", "execution.evaluate-every=0",
        ];
        var expected = await Played.FileAsync("", game);
        var sampled = await Played.FileAsync("", [.. game, "game.payoff-basis=sample"]);
        Assert.Equal(expected.Episodes.Select(TestLoss), sampled.Episodes.Select(TestLoss)); // what pays does not change what is learned
        Assert.All(sampled.Episodes, episode =>
        {
            Assert.NotEqual(TestLoss(episode), episode.Result.PaidLoss!.Value, 1e-4);
            Assert.Equal(-episode.Result.PaidLoss!.Value - episode.Result.TotalReward, episode.Result.ServerPayoff, 1e-9);
        });
        Assert.Equal(3, sampled.Episodes.Select(episode => episode.Result.PaidLoss).Distinct().Count());
    }

    [Theory]
    [InlineData("softmax", "simd")]
    [InlineData("softmax", "torch")]
    public async Task Objective_pays_by_the_test_loss_and_the_l2_term_of_training(string model, string kernel)
    {
        string[] game =
        [
            $"learning.model={model}", $"learning.{model}.kernel={kernel}", $"learning.{model}.l2=0.1", "learning.rounds=3",
            "data.clients=2", "data.samples-per-client=20", "game.money-per-loss=7", "game.payoff-basis=objective",
        ];
        var with = (await Played.FileAsync("", game)).Episodes[0];
        var without = (await Played.FileAsync("", [.. game, "game.payoff-basis=expected"])).Episodes[0];
        Assert.Equal(TestLoss(without), TestLoss(with)); // what pays does not change what is learned
        Assert.Equal(TestLoss(without), without.Result.PaidLoss);
        double penalty = with.Result.PaidLoss!.Value - TestLoss(with);
        Assert.True(penalty > 0.001);
        Assert.Equal(-7 * (TestLoss(with) + penalty) - with.Result.TotalReward, with.Result.ServerPayoff, 1e-9);

        // The same weights with twice the l2 in what pays alone: after one round from 0 the model does not depend on l2.
        string[] one = [.. game, "learning.rounds=1"];
        double[] penalties = [.. await Task.WhenAll(((double[])[0.1, 0.2, 0]).Select(async l2 =>
        {
            var episode = (await Played.FileAsync("", [.. one, $"learning.{model}.l2={l2}"])).Episodes[0];
            return episode.Result.PaidLoss!.Value - TestLoss(episode);
        }))];
        Assert.Equal(penalties[1], 2 * penalties[0], 1e-6);
        Assert.Equal(0, penalties[2]);
    }

    [Fact]
    public async Task By_the_objective_a_world_without_such_a_term_pays_as_by_the_test_loss()
    {
        var expected = (await Played.FileAsync(Game, "game.payoff-basis=expected")).Episodes[0];
        var objective = (await Played.FileAsync(Game, "game.payoff-basis=objective")).Episodes[0];
        Assert.Equal(expected.Clients.Select(client => client.Reward), objective.Clients.Select(client => client.Reward));
    }

    /// <summary>With whole data sets as batches nothing is drawn when all do as asked: the level is the game's own loss.</summary>
    [Fact]
    public async Task A_pilot_measures_the_loss_that_pays()
    {
        string[] game =
        [
            "learning.model=softmax", "learning.softmax.l2=0.1", "learning.rounds=10", "learning.step-size=0.1", "data.clients=2",
            "data.samples-per-client=200", "data.replacement=false", "game.mechanism=lceme", "game.assignment=200",
            "game.lceme.surrogate-options={seeds=4,force=true,batch-factors=[0.02],efforts=[0],gammas=[0]}",
        ];
        var expected = (await Played.FileAsync("", game)).Plan.Games[0].Incentive.Surrogate!;
        var objective = await Played.FileAsync("", [.. game, "game.payoff-basis=objective"]);
        var episode = objective.Episodes[0];
        Assert.Equal(episode.Result.PaidLoss!.Value, objective.Plan.Games[0].Incentive.Surrogate!.TruthfulLoss([200, 200]), 1e-6);
        Assert.Equal(TestLoss(episode), expected.TruthfulLoss([200, 200]), 1e-6);
        Assert.True(episode.Result.PaidLoss > TestLoss(episode) + 0.001);
    }

    [Fact]
    public async Task A_floor_holds_for_every_mechanism_and_is_warned_of()
    {
        string[] fee = ["learning.rounds=1", "game.mechanism=flat", "game.payoff-basis=expected", "game.flat.amount=-5"];
        var charged = await Played.FileAsync(Game, fee);
        Assert.Equal((-50, 0), (charged.Episodes[0].Result.TotalReward, charged.Warnings.Count));
        var floored = await Played.FileAsync(Game, [.. fee, "game.floor=-1.5"]);
        Assert.All(floored.Episodes[0].Clients, client => Assert.Equal(-1.5, client.Reward));
        Assert.Equal(-15, floored.Episodes[0].Result.TotalReward);
        Assert.Equal(["rewards are raised to -1.5 where they are lower: truthfulness is not proved for such pay"], floored.Warnings);
        Assert.Contains(floored.Warnings[0], (await Played.FileAsync(Game, "game.floor=-1.5")).Warnings);
    }

    [Fact]
    public async Task A_mechanism_over_a_surrogate_that_does_not_announce_it_cannot_pay_by_it()
    {
        var catalog = PluginCatalog.Of(new ModelPlugin(), new Strategies.StrategiesPlugin());
        catalog.AddMechanism<NoOptions>("test/silent", "Asks for a surrogate and keeps it to itself.", _ => new Silent());
        var error = await Assert.ThrowsAsync<SettingException>(() => Played.FileAsync(catalog, Game, "game.mechanism=test/silent"));
        Assert.StartsWith(
            "game.payoff-basis: is bound, but the mechanism 'test/silent' announces no loss surrogate",
            error.Message, StringComparison.Ordinal);
    }

    private static double TestLoss(RecordedEpisode episode) => episode.Result.Rounds[^1].Evaluation.TestLoss;

    private sealed class Silent : ISurrogateMechanism
    {
        public PluginChoice Surrogate { get; } =
            new("given", """{ "batch-slope": [1], "effort-slope": [1], "constant": 0 }""", "game.test/silent");

        public IReadOnlyList<Assignment> Announce(MechanismView view) =>
            [.. view.Clients.Select(_ => new Assignment(1, 10, 1, new RewardTerms(1, 1)))];

        public void Pay(PaymentView view, Span<double> rewards) => rewards.Fill(1);
    }
}
