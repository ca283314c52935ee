using FLCrowd.Actors.Protocol;
using FLCrowd.Actors.Server;
using FLCrowd.Actors.Tests.Fakes;
using static FLCrowd.Actors.Tests.Server.TestServer;

namespace FLCrowd.Actors.Tests.Server;

public class ServerReplaySpec
{
    [Fact]
    public void After_the_last_round_the_training_is_replayed_without_each_client_named()
    {
        var mechanism = new FakeReplayer(3, 1);
        var server = new TestServer(Games.Of(("a", 4)).Rounds(2), mechanism);
        server.Begin();
        var effects = server.AllReady();
        int?[] without = [null, null, 1, 1, 3, 3];
        for (int round = 1; round <= 6; round++)
        {
            var globals = effects.OfType<ServerEffect.ToCohort>().Select(to => (GlobalModel)to.Message).ToList();
            Assert.Equal(
                [(0, round, without[round - 1]), (1, round, without[round - 1])],
                globals.Select(global => (global.Cohort, global.Round, global.Without)));
            Assert.Equal(round % 2 == 1, globals[0].Model.Span.SequenceEqual(server.Initial));
            effects.OfType<ServerEffect.Test>().ToList().ForEach(test => server.Tested(test.Round, testLoss: test.Round));
            effects = server.AllUpdate(round, gone: without[round - 1] is { } client ? [client] : []);
            Assert.Equal(round > 2, Assert.Single(effects.OfType<ServerEffect.RoundDone>()).IsReplay);
            Assert.Equal(round is not (3 or 5), effects.Any(effect => effect is ServerEffect.Test)); // replays: at their ends only
        }

        var result = Assert.IsType<ServerEffect.Record>(server.Tested(6, testLoss: 6)[0]).Result;
        Assert.Equal([0, 1, 2], result.Rounds.Select(round => round.Round));
        Assert.Equal([(1, 4.0), (3, 6.0)], mechanism.LossWithout.OrderBy(entry => entry.Key).Select(entry => (entry.Key, entry.Value)));
        Assert.Equal(4 + 6, result.TotalReward);
        Assert.Equal(-(100 * 2) - 10, result.ServerPayoff);
        Assert.Equal(0, server.State.Dropped);
    }

    [Fact]
    public void Late_and_doubled_answers_of_a_replay_are_dropped_and_missing_ones_asked_for_again()
    {
        var server = new TestServer(Games.Of(("a", 4)).Rounds(1), new FakeReplayer(0, 1));
        server.Begin();
        server.AllReady();
        server.AllUpdate(1);
        server.Update(0, 2, gone: [0]);
        Assert.Empty(server.Update(0, 2, gone: [0]));
        Assert.Empty(server.Update(1, 1));
        Assert.Equal(2, server.State.Dropped);
        Assert.Equal("round 1 of the replay without client 0 of episode 0 from cohorts 1", server.State.Waiting);
        var again = Assert.IsType<GlobalModel>(Assert.IsType<ServerEffect.ToCohort>(Assert.Single(server.State.AskAgain())).Message);
        Assert.Equal((1, 2, (int?)0), (again.Cohort, again.Round, again.Without));
    }

    [Fact]
    public void A_client_that_failed_is_not_replayed_for()
    {
        var mechanism = new FakeReplayer(0, 1, 2, 3);
        var server = new TestServer(Games.Of(("a", 4)).Rounds(1).Excluding(), mechanism);
        server.Begin();
        server.Ready(0, 0, 1, 2);
        server.Ready(1);
        server.AllUpdate(1, gone: [1, 2]);
        server.AllUpdate(2, gone: [0, 1, 2]);
        server.AllUpdate(3, gone: [1, 2, 3]);
        Enumerable.Range(0, 4).ToList().ForEach(round => server.Tested(round));
        Assert.Equal([0, 3], mechanism.LossWithout.Keys.Order());
    }

    [Fact]
    public void Without_the_only_client_the_model_stays_as_it_began()
    {
        var server = new TestServer(Games.Of(("a", 1)).Rounds(1), new FakeReplayer(0));
        server.Begin();
        server.AllReady();
        server.AllUpdate(1);
        Assert.Equal(server.Initial, ModelOf(server.AllUpdate(2, gone: [0]), 2));
    }

    [Fact]
    public void A_failure_in_a_replay_is_named() => Assert.Equal(
        "client 2, round 2 of the replay without client 3 of episode 0: reason 2",
        FailureOf(InReplay(server => server.Update(0, 4, failed: [2]))));

    [Fact]
    public void A_replay_that_diverges_is_named() => Assert.StartsWith(
        "the test loss of episode 0 without client 3 is NaN",
        FailureOf(InReplay(server =>
        {
            server.AllUpdate(4, gone: [3]);
            return [.. new[] { 0, 1, 2 }.SelectMany(round => server.Tested(round)), .. server.Tested(4, double.NaN)];
        })),
        StringComparison.Ordinal);

    [Fact]
    public void A_mechanism_that_names_a_stranger_is_named() => Assert.Equal(
        "the mechanism 'pay' wants a replay without client 4; clients are 0 to 3",
        FailureOf(new TestServer(Games.Of(("a", 4)), new FakeReplayer(4)).Begin()));

    private static List<ServerEffect> InReplay(Func<TestServer, List<ServerEffect>> act)
    {
        var server = new TestServer(Games.Of(("a", 4)).Rounds(2), new FakeReplayer(3));
        server.Begin();
        server.AllReady();
        server.AllUpdate(1);
        server.AllUpdate(2);
        server.AllUpdate(3, gone: [3]);
        var effects = act(server);
        return effects.Any(effect => effect is ServerEffect.Fail) ? effects : [.. effects, .. server.Update(1, 4, gone: [3])];
    }
}
