using FLCrowd.Actors.Protocol;
using FLCrowd.Actors.Server;
using FLCrowd.Actors.Tests.Fakes;
using static FLCrowd.Actors.Tests.Server.TestServer;

namespace FLCrowd.Actors.Tests.Server;

public class ServerFailureSpec
{
    [Fact]
    public void The_policy_fail_names_the_lowest_client_whatever_order_failures_arrive_in()
    {
        var server = new TestServer(Games.Of(("a", 9)));
        server.Begin();
        Assert.Empty(server.Ready(2, 0, 7, 8));
        Assert.Empty(server.Ready(1, 0, 4));
        Assert.Equal("client 4, before round 1 of episode 0: reason 4", FailureOf(server.Ready(0)));
    }

    [Fact]
    public void The_policy_fail_names_the_round()
    {
        var server = new TestServer(Games.Of(("a", 9)));
        server.Begin();
        server.AllReady();
        server.AllUpdate(1);
        server.Update(2, 2, failed: [6]);
        server.Update(0, 2);
        Assert.Equal("client 3, round 2 of episode 0: reason 3", FailureOf(server.Update(1, 2, failed: [3, 5])));
        Assert.Empty(server.State.AskAgain());
    }

    [Fact]
    public void The_policy_fail_holds_for_clients_that_fail_when_they_are_paid_once_the_episode_is_recorded()
    {
        var server = new TestServer(Games.Of(("a", 4)) with { Episodes = 2 });
        server.Play(rounds: 3);
        Assert.Equal(
            "client 1, round 3 of episode 0: broken",
            FailureOf(server.Recorded(failures: [new ClientFailure(1, 0, 3, "broken"), new ClientFailure(2, 0, 3, "broken")])));
    }

    [Fact]
    public void The_policy_exclude_scales_up_the_other_weights_and_pays_nothing()
    {
        var server = new TestServer(Games.Of(("a", 4), ("b", 2)).Excluding());
        server.Begin();
        server.Ready(0, 0, 2);
        server.Ready(1);
        server.Update(0, 1, gone: [2]);
        var mean = ModelOf(server.Update(1, 1, failed: [5]), 1);
        int[] left = [0, 1, 3, 4];
        for (int i = 0; i < mean.Length; i++)
        {
            double sum = left.Sum(client => server.Weights[client] * Local(client, 1).Span[i]);
            double expected = sum / left.Sum(client => server.Weights[client]);
            Assert.Equal(expected, mean[i], 1e-5 * (1 + Math.Abs(expected)));
        }

        server.Update(0, 2, gone: [2]);
        Assert.Equal(4, server.Update(1, 2, gone: [5]).OfType<ServerEffect.RoundDone>().Single().ClientUpdates);
        server.Update(0, 3, gone: [2]);
        server.Update(1, 3, gone: [5]);
        var effects = Enumerable.Range(0, 4).SelectMany(round => server.Tested(round)).ToList();
        var rewards = effects.OfType<ServerEffect.ToCohort>().SelectMany(to => ((CohortRewards)to.Message).Rewards);
        Assert.Equal([9.75, 10.75, 0, 12.75, 13.75, 0], rewards);
        Assert.Equal(9.75 + 10.75 + 12.75 + 13.75, effects.OfType<ServerEffect.Record>().Single().Result.TotalReward, 12);
        Assert.IsType<ServerEffect.Finish>(Assert.Single(server.Recorded(failures: [new ClientFailure(2, 0, 3, "broken")])));
    }

    [Fact]
    public void The_policy_exclude_fails_when_no_client_is_left()
    {
        var server = new TestServer(Games.Of(("a", 4)).Excluding());
        server.Begin();
        server.Ready(0, 0, 0, 1);
        server.Ready(1, 0, 3);
        server.Update(0, 1, gone: [0, 1]);
        server.Update(1, 1, gone: [3]);
        server.Update(0, 2, gone: [0, 1], failed: [2]);
        Assert.Equal(
            "no client is left; the last one: client 2, round 2 of episode 0: reason 2", FailureOf(server.Update(1, 2, gone: [3])));
    }

    [Fact]
    public void Excluded_clients_are_back_in_the_next_episode()
    {
        var server = new TestServer((Games.Of(("a", 3)) with { Episodes = 2 }).Rounds(1).Excluding());
        server.Begin();
        server.Ready(0, 0, 1);
        server.Update(0, 1, gone: [1]);
        server.Tested(0);
        server.Tested(1);
        server.Recorded();
        server.Ready(0, episode: 1);
        server.Update(0, 1, episode: 1);
        server.Tested(0, episode: 1);
        var rewards = server.Tested(1, episode: 1).OfType<ServerEffect.ToCohort>().SelectMany(to => ((CohortRewards)to.Message).Rewards);
        Assert.Equal([9.75, 10.75, 11.75], rewards);
    }

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    public void A_test_loss_that_is_not_finite_ends_the_game(double loss) =>
        Assert.Contains(
            $"the test loss of episode 0 is {loss}: the model diverged", FailureOf(new TestServer(Games.Of(("a", 4))).Play(3, loss)));

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(1e70)]
    public void A_training_loss_that_is_no_number_to_count_with_ends_the_game(double loss) => Assert.Contains(
        FormattableString.Invariant($"the training loss of episode 0 is {loss}: the model diverged"),
        FailureOf(Tested(new Evaluation(loss, 0.25, 0.75))));

    [Fact]
    public void An_accuracy_that_is_none_is_the_models() => Assert.Equal(
        "the model 'tiny' says that its accuracy in episode 0 is 1.5; must be 0 to 1, or NaN where it does not classify",
        FailureOf(Tested(new Evaluation(0.5, 0.25, 1.5))));

    private static ServerEffect[] Tested(Evaluation final)
    {
        var server = new TestServer(Games.Of(("a", 4)).Rounds(1));
        server.Begin();
        server.AllReady();
        server.AllUpdate(1);
        server.Tested(0);
        return server.State.AcceptEvaluation(0, 1, final);
    }

    [Fact]
    public void A_test_loss_that_is_not_finite_in_between_is_recorded()
    {
        var server = new TestServer(Games.Of(("a", 4)).Rounds(1));
        server.Begin();
        server.AllReady();
        server.AllUpdate(1);
        server.Tested(0, double.PositiveInfinity);
        Assert.Equal(
            double.PositiveInfinity, ((ServerEffect.Record)server.Tested(1)[0]).Result.Rounds[0].Evaluation.TestLoss);
    }
}
