using FLCrowd.Actors.Definitions;
using FLCrowd.Actors.Protocol;
using FLCrowd.Actors.Server;
using FLCrowd.Actors.Tests.Fakes;
using static FLCrowd.Actors.Tests.Server.TestServer;

namespace FLCrowd.Actors.Tests.Server;

/// <summary>
/// Games of four clients in two cohorts, whose mechanism pays client i the amount 10 + i less the loss that pay is based on.
/// </summary>
public class PaidLossSpec
{
    [Fact]
    public void Bound_pays_by_the_announced_loss_and_what_the_cohorts_change()
    {
        var server = new TestServer(Game(PayoffBasis.Bound), Announcing(2, 2, 2, 2));
        (server.Changes[0], server.Changes[1]) = (0.5, 0.25);
        AssertPaid(2.75, server.Play(rounds: 3, testLoss: 0.125));
    }

    [Fact]
    public void Changes_do_not_outlive_their_episode()
    {
        var server = new TestServer(Game(PayoffBasis.Bound).Rounds(1) with { Episodes = 2 }, Announcing(2, 2, 2, 2));
        server.Changes[1] = 0.5;
        AssertPaid(2.5, server.Play(rounds: 1));
        server.Changes.Clear();
        server.Recorded();
        server.AllReady(episode: 1);
        server.AllUpdate(1, episode: 1);
        server.Tested(0, episode: 1);
        AssertPaid(2, server.Tested(1, episode: 1));
    }

    [Fact]
    public void Sample_pays_by_the_loss_of_one_test_sample_on_which_the_final_model_alone_is_tested()
    {
        int sample = new Seed(7).For("test-sample", 0).Index(1000, 0);
        var server = new TestServer(Game(PayoffBasis.Sample));
        server.Begin();
        var tests = server.AllReady().OfType<ServerEffect.Test>()
            .Concat(Enumerable.Range(1, 3).SelectMany(round => server.AllUpdate(round)).OfType<ServerEffect.Test>()).ToList();
        Assert.Equal([null, null, null, sample], tests.Select(test => test.Sample));

        // The final model's test need not be the last to end.
        AssertPaid(
            sample,
            [.. tests.OrderByDescending(test => test.Round).SelectMany(test => server.Tested(test.Round, 0.125, sample: test.Sample))]);
    }

    [Fact]
    public void Objective_pays_by_the_final_models_loss_with_what_training_adds()
    {
        var server = new TestServer(Game(PayoffBasis.Objective));
        server.Begin();
        var tests = server.AllReady().OfType<ServerEffect.Test>()
            .Concat(Enumerable.Range(1, 3).SelectMany(round => server.AllUpdate(round)).OfType<ServerEffect.Test>()).ToList();
        Assert.Equal([false, false, false, true], tests.Select(test => test.AddsPenalty));
        AssertPaid(
            2, [.. tests.SelectMany(test => server.Tested(test.Round, 0.125, sample: test.AddsPenalty ? 2 : null))]);
    }

    [Fact]
    public void A_model_that_does_not_say_what_training_adds_cannot_pay_by_the_objective() => Assert.StartsWith(
        "game.payoff-basis: is objective, but the model 'tiny' does not say what its training adds to the loss of samples",
        Assert.Throws<SettingException>(() => PayoffBasis.Objective.CheckModel(
            new PluginChoice("tiny"), new Learning.LearningPartsSpec.OddModel())).Message,
        StringComparison.Ordinal);

    [Fact]
    public void The_sample_is_drawn_anew_for_every_episode_and_by_the_seed_of_draws()
    {
        var game = Game(PayoffBasis.Sample);
        int[] samples = [.. new[] { game, game with { DrawSeed = 8 } }.Select(one =>
        {
            var server = new TestServer(one.Rounds(1));
            server.Begin();
            server.AllReady();
            return server.AllUpdate(1).OfType<ServerEffect.Test>().Single().Sample!.Value;
        })];
        Assert.Equal([new Seed(7).For("test-sample", 0).Index(1000, 0), new Seed(8).For("test-sample", 0).Index(1000, 0)], samples);
    }

    [Fact]
    public void A_mechanism_that_does_not_announce_the_loss_that_pay_is_based_on_is_named()
    {
        string problem =
            "game.payoff-basis: is bound, but the mechanism 'pay' announces no loss surrogate that is the same for all clients";
        Assert.StartsWith(problem, FailureOf(new TestServer(Game(PayoffBasis.Bound)).Begin()), StringComparison.Ordinal);
        Assert.StartsWith(
            problem, FailureOf(new TestServer(Game(PayoffBasis.Bound), Announcing(2, 2, 2, 3)).Begin()), StringComparison.Ordinal);
    }

    [Fact]
    public void A_loss_that_is_no_number_ends_the_game()
    {
        var server = new TestServer(Game(PayoffBasis.Bound), Announcing(2, 2, 2, 2));
        server.Changes[0] = double.PositiveInfinity;
        Assert.StartsWith("the loss that pay of episode 0 is based on is ", FailureOf(server.Play(rounds: 3)), StringComparison.Ordinal);
    }

    [Fact]
    public void A_floor_raises_what_any_mechanism_pays_but_not_what_excluded_clients_get()
    {
        var game = Game(PayoffBasis.Expected).Paying(incentive => incentive with { Floor = 11.5 }).Rounds(1).Excluding();
        var server = new TestServer(game);
        server.Begin();
        server.Ready(0, 0, 2);
        server.Ready(1);
        server.Update(0, 1, gone: [2]);
        server.Update(1, 1);
        server.Tested(0);
        var effects = server.Tested(1, testLoss: 0.25);
        Assert.Equal([11.5, 11.5, 0, 12.75], RewardsIn(effects));
        Assert.Equal(11.5 + 11.5 + 12.75, Assert.IsType<ServerEffect.Record>(effects[0]).Result.TotalReward);
    }

    private static GameDefinition Game(PayoffBasis basis) =>
        Games.Of(("a", 4)).Paying(incentive => incentive with { PayoffBasis = basis });

    /// <summary>The usual terms, and for each client a surrogate with the loss given.</summary>
    private static FakeMechanism Announcing(params double[] losses) => new()
    {
        Announcing = view => [.. FakeMechanism.Usual(view).Select((usual, i) => usual with
        {
            Terms = new RewardTerms(usual.Terms.Fixed, 1, SurrogateTerms.Write(new ClientLossTerm(1, 1, 1, 1, 1, 1), losses[i])),
        })],
    };

    private static void AssertPaid(double loss, List<ServerEffect> effects)
    {
        var result = Assert.IsType<ServerEffect.Record>(effects[0]).Result;
        Assert.Equal(loss, result.PaidLoss);
        Assert.NotEqual(loss, result.Rounds[^1].Evaluation.TestLoss);
        Assert.Equal([10 - loss, 11 - loss, 12 - loss, 13 - loss], RewardsIn(effects));
        Assert.Equal(-100 * loss - (46 - 4 * loss), result.ServerPayoff, 9);
        Assert.All(effects.Skip(1).Cast<ServerEffect.ToCohort>(), to => Assert.Equal(loss, ((CohortRewards)to.Message).TestLoss));
    }

    private static IEnumerable<double> RewardsIn(IEnumerable<ServerEffect> effects) =>
        effects.Skip(1).Cast<ServerEffect.ToCohort>().SelectMany(to => ((CohortRewards)to.Message).Rewards);
}
