using FLCrowd.Actors.Definitions;
using FLCrowd.Actors.Protocol;
using FLCrowd.Actors.Server;
using FLCrowd.Actors.Tests.Fakes;
using static FLCrowd.Actors.Tests.Server.TestServer;

namespace FLCrowd.Actors.Tests.Server;

public class ServerEpisodeSpec
{
    [Fact]
    public void A_game_goes_from_assignments_to_the_record_of_its_last_episode()
    {
        var server = new TestServer((Games.Of(("a", 4), ("b", 3)) with { Episodes = 2 }).Rounds(2));
        Assert.Equal([3, 3, 1], server.Begin().Cast<ServerEffect.AssignCohort>().Select(assign => assign.Assignments.Length));
        for (int episode = 0; episode < 2; episode++)
        {
            Assert.Equal(episode, server.State.Episode);
            Assert.Empty(server.Ready(2, episode));
            Assert.Empty(server.Ready(0, episode));
            var effects = server.Ready(1, episode);
            Assert.Equal(server.Initial, ModelOf(effects, 0)); // every episode starts at w_0
            Assert.Equal([0, 1, 2], CohortsAsked(effects.Skip(1)));
            Assert.Empty(server.Tested(0, episode: episode));

            effects = server.AllUpdate(1, episode);
            Assert.Equal(7, Assert.IsType<ServerEffect.RoundDone>(effects[0]).ClientUpdates);
            Assert.Equal(ModelOf(effects, 1), ((GlobalModel)((ServerEffect.ToCohort)effects[2]).Message).Model.Span.ToArray());
            Assert.Empty(server.Tested(1, episode: episode));
            Assert.Equal(2, server.AllUpdate(2, episode).Count);

            effects = server.Tested(2, episode: episode);
            Assert.Equal(episode, Assert.IsType<ServerEffect.Record>(effects[0]).Result.Episode);
            Assert.Equal([0, 1, 2], CohortsAsked(effects.Skip(1)));
            effects = server.Recorded(episode);
            Assert.Equal(episode == 0 ? 3 : 1, effects.Count);
            Assert.Equal(episode == 1, effects[0] is ServerEffect.Finish);
        }

        Assert.Equal(0, server.State.Dropped);
    }

    [Fact]
    public void The_global_model_is_the_weighted_mean_of_the_reports()
    {
        var server = new TestServer(Games.Of(("a", 4), ("b", 3)));
        server.Begin();
        server.AllReady();
        var mean = ModelOf(server.AllUpdate(1), 1);
        for (int i = 0; i < mean.Length; i++)
        {
            double expected = Enumerable.Range(0, 7).Sum(client => server.Weights[client] * Local(client, 1).Span[i]);
            Assert.Equal(expected, mean[i], 1e-5 * (1 + Math.Abs(expected)));
        }

        Assert.Equal(1, server.Weights.Sum(), 12);
        Assert.Equal(server.Weights[0] * 2, server.Weights[6], 12);
    }

    [Fact]
    public void The_model_has_the_same_bits_for_every_order_of_arrival()
    {
        int[][] orders = [[0, 1, 2, 3], [3, 2, 1, 0], [1, 3, 0, 2], [2, 0, 3, 1]];
        var models = orders.Select(order =>
        {
            var server = new TestServer(Games.Of(("a", 12)));
            server.Begin();
            server.AllReady();
            return ModelOf(order.SelectMany(cohort => server.Update(cohort, 1)), 1);
        }).ToList();
        Assert.All(models, model => Assert.Equal(models[0], model));
    }

    [Fact]
    public void A_non_linear_aggregator_sees_all_reports_in_client_order()
    {
        var seen = new List<ReportedModel>();
        var server = new TestServer(Games.Of(("a", 7)), aggregator: new FakeNonLinear(reports =>
        {
            seen.AddRange(reports);
            return new float[TinyModel.Length];
        }));
        server.Begin();
        server.AllReady();
        server.Reports(2, 1);
        server.Reports(0, 1);
        server.Reports(1, 1);
        Assert.Equal(Enumerable.Range(0, 7), seen.Select(report => report.Client));
        Assert.All(seen, report => Assert.Equal(Local(report.Client, 1).Span, report.Model.Span));
        Assert.All(seen, report => Assert.Equal(1.0 / 7, report.Weight, 12));
    }

    [Fact]
    public void The_server_is_paid_minus_its_loss_in_money_and_minus_all_rewards()
    {
        var effects = new TestServer(Games.Of(("a", 4))).Play(rounds: 3, testLoss: 0.25);
        var result = Assert.IsType<ServerEffect.Record>(effects[0]).Result;
        Assert.Equal(10 + 11 + 12 + 13 - (4 * 0.25), result.TotalReward, 12);
        Assert.Equal((-100 * 0.25) - 45, result.ServerPayoff, 12);

        var rewards = effects.Skip(1).Cast<ServerEffect.ToCohort>().Select(to => (CohortRewards)to.Message).ToList();
        Assert.Equal([9.75, 10.75, 11.75, 12.75], rewards.SelectMany(message => message.Rewards));
        Assert.All(rewards, message => Assert.Equal(0.25, message.TestLoss));
    }

    [Theory]
    [InlineData(0, new[] { 12 })]
    [InlineData(1, new[] { 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12 })]
    [InlineData(10, new[] { 0, 10, 12 })]
    [InlineData(100, new[] { 0, 12 })]
    public void Models_are_tested_every_so_many_rounds_and_at_the_end(int every, int[] expected)
    {
        var game = Games.Of(("a", 4)).Rounds(12).Playing(execution => execution with { EvaluateEvery = every });
        var result = Assert.IsType<ServerEffect.Record>(new TestServer(game).Play(rounds: 12)[0]).Result;
        Assert.Equal(expected, result.Rounds.Select(round => round.Round));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void The_final_model_is_tested_class_by_class_where_the_run_asks_for_it(bool isWanted)
    {
        var server = new TestServer(Games.Of(("a", 4)) with { Wanted = isWanted ? [TestedClasses.Setting] : null });
        server.Begin();
        var effects = server.AllReady();
        foreach (int round in Enumerable.Range(1, 3))
        {
            effects.AddRange(server.AllUpdate(round));
        }

        var tests = effects.OfType<ServerEffect.Test>().ToList();
        Assert.Equal([0, 1, 2, 3], tests.Select(test => test.Round));
        Assert.Equal([false, false, false, isWanted], tests.Select(test => test.CountsClasses));

        // The final model's result need not be the last to come.
        TestedClass[]? classes = isWanted ? [new TestedClass(3, 2, 1, "a"), new TestedClass(0, 1, 0, "")] : null;
        var results = new[] { 3, 1, 0, 2 }.SelectMany(round => server.Tested(round, classes: round == 3 ? classes : null));
        Assert.Equal(classes, results.OfType<ServerEffect.Record>().Single().Result.Classes);
    }

    [Fact]
    public void Tests_are_recorded_in_the_order_of_rounds_whatever_order_they_end_in()
    {
        var server = new TestServer(Games.Of(("a", 4)));
        server.Begin();
        server.AllReady();
        Enumerable.Range(1, 3).ToList().ForEach(round => server.AllUpdate(round));
        var result = new[] { 3, 1, 0, 2 }.SelectMany(round => server.Tested(round, testLoss: round)).OfType<ServerEffect.Record>()
            .Single().Result;
        Assert.Equal([0, 1, 2, 3], result.Rounds.Select(round => round.Round));
        Assert.Equal([0, 1, 2, 3], result.Rounds.Select(round => round.Evaluation.TestLoss));
    }

    [Fact]
    public void Training_waits_while_too_many_tests_are_under_way_and_goes_on_after_one()
    {
        var server = new TestServer(Games.Of(("a", 4)).Rounds(20));
        server.Begin();
        var effects = server.AllReady();
        int round = 0;
        while (effects.Any(effect => effect is ServerEffect.ToCohort))
        {
            effects = server.AllUpdate(++round);
        }

        Assert.Equal(7, round); // 8 open tests: of rounds 0 to 7
        Assert.Empty(server.State.AskAgain());
        Assert.Empty(server.Update(0, round: 8));
        Assert.Equal([0, 1], CohortsAsked(server.Tested(3)));
        Assert.Empty(server.Tested(4)); // round 8 is under way
        Assert.NotEmpty(server.AllUpdate(8));
    }
}
