using FLCrowd.Actors.Protocol;
using FLCrowd.Actors.Server;
using FLCrowd.Actors.Tests.Fakes;

namespace FLCrowd.Actors.Tests.Server;

/// <summary>Games of five rounds, in cohorts of three clients: 0-2, 3-5, 6-8.</summary>
public class ServerCheckpointSpec
{
    private readonly TestServer _server = Start();

    [Fact]
    public void A_checkpoint_waits_for_open_tests_and_is_kept_between_rounds()
    {
        _server.Begin();
        Assert.Empty(_server.AllReady().OfType<ServerEffect.Keep>());
        _server.State.CheckpointIsDue();
        Assert.Empty(_server.AllUpdate(1).OfType<ServerEffect.ToCohort>()); // rounds 0 and 1 are being tested
        Assert.Empty(_server.Tested(1, testLoss: 3));
        var effects = _server.Tested(0, testLoss: 4);
        var kept = Assert.Single(effects.OfType<ServerEffect.Keep>()).Checkpoint;
        Assert.Equal((0, 1), (kept.Episode, kept.Round));
        Assert.Equal([(0, 4), (1, 3)], kept.Rounds.Select(round => (round.Round, round.Evaluation.TestLoss)));
        Assert.Equal([2, 2, 2], effects.OfType<ServerEffect.ToCohort>().Select(to => ((GlobalModel)to.Message).Round));
        Assert.Empty(Tested(_server, _server.AllUpdate(2)).OfType<ServerEffect.Keep>()); // once
    }

    [Fact]
    public void A_server_that_goes_on_from_a_checkpoint_pays_what_the_other_one_pays()
    {
        _server.Begin();
        Tested(_server, [.. _server.Ready(0), .. _server.Ready(1, 0, 4), .. _server.Ready(2)]);
        Tested(_server, [.. _server.Update(0, 1), .. _server.Update(1, 1, gone: [4]), .. _server.Update(2, 1, failed: [6])]);
        _server.State.CheckpointIsDue();
        int[] gone = [4, 6];
        var kept = Tested(_server, _server.AllUpdate(2, gone: gone)).OfType<ServerEffect.Keep>().Single().Checkpoint;

        var other = Start();
        Assert.Equal([0, 1, 2], TestServer.CohortsAsked(other.State.Begin(0, kept)));
        var effects = other.AllReady();
        Assert.Equal(2, effects.OfType<ServerEffect.Recovered>().Single().Rounds);
        Assert.Empty(effects.OfType<ServerEffect.Test>());
        var asked = effects.OfType<ServerEffect.ToCohort>().Select(to => (GlobalModel)to.Message).ToList();
        Assert.All(asked, model => Assert.Equal(3, model.Round));
        Assert.Equal([4, 6], asked.SelectMany(model => model.Excluded ?? []).Select(failure => failure.Client));
        var (expected, actual) = (End(_server, gone), End(other, gone));
        Assert.Equal(expected with { Rounds = [] }, actual with { Rounds = [] });
        Assert.Equal(expected.Rounds, actual.Rounds);
        Assert.Equal(6, actual.Rounds.Length);
    }

    [Fact]
    public void Who_stayed_away_before_a_checkpoint_stayed_away()
    {
        var heard = new List<int[]>();
        var mechanism = new FakeMechanism
        {
            Paying = (view, _) => heard.Add([.. Enumerable.Range(0, 9).Select(client => view.RoundsHeard!(client))]),
        };
        var first = new TestServer(Games.Of(("a", 9)).Rounds(5), mechanism);
        first.Begin();
        Tested(first, first.AllReady());
        Tested(first, [.. first.Update(0, 1, absent: [1, 2]), .. first.Update(1, 1), .. first.Update(2, 1)]);
        first.State.CheckpointIsDue();
        var kept = Tested(first, [.. first.Update(0, 2, absent: [2]), .. first.Update(1, 2), .. first.Update(2, 2, absent: [8])])
            .OfType<ServerEffect.Keep>().Single().Checkpoint;
        Assert.Equal([1, 2, 2, 8], kept.Absences!);

        var other = new TestServer(Games.Of(("a", 9)).Rounds(5), mechanism);
        other.State.Begin(0, kept);
        other.AllReady();
        End(first, []);
        End(other, []);
        Assert.Equal([5, 4, 3, 5, 5, 5, 5, 5, 4], heard[0]);
        Assert.Equal(heard[0], heard[1]);
    }

    [Fact]
    public void A_checkpoint_of_another_episode_is_not_used()
    {
        _server.State.Begin(1, new GameCheckpoint(0, 2, TestServer.Local(0, 1), [], []));
        var effects = _server.AllReady(episode: 1);
        Assert.Empty(effects.OfType<ServerEffect.Recovered>());
        Assert.All(effects.OfType<ServerEffect.ToCohort>(), to => Assert.Equal(1, ((GlobalModel)to.Message).Round));
    }

    [Fact]
    public void An_episode_is_kept_half_way_once_the_journal_holds_the_one_before()
    {
        _server.Begin();
        Tested(_server, _server.AllReady());
        foreach (int round in Enumerable.Range(1, 5))
        {
            Tested(_server, _server.AllUpdate(round));
        }

        _server.State.CheckpointIsDue();
        _server.Recorded();
        Tested(_server, _server.AllReady(episode: 1), episode: 1);
        Assert.Empty(Tested(_server, _server.AllUpdate(1, episode: 1), episode: 1).OfType<ServerEffect.Keep>());
        _server.State.Journaled(0);
        var kept = Assert.Single(Tested(_server, _server.AllUpdate(2, episode: 1), episode: 1).OfType<ServerEffect.Keep>()).Checkpoint;
        Assert.Equal((1, 2), (kept.Episode, kept.Round));
    }

    [Fact]
    public void What_a_mechanism_saw_of_rounds_is_in_no_checkpoint()
    {
        var server = new TestServer(Games.Of(("a", 4)).Rounds(5), new FakeReplayer(0));
        server.State.Begin(0, new GameCheckpoint(0, 2, TestServer.Local(0, 1), [], []));
        var effects = server.AllReady();
        Assert.All(effects.OfType<ServerEffect.ToCohort>(), to => Assert.Equal(1, ((GlobalModel)to.Message).Round));
        server.State.CheckpointIsDue();
        Assert.Empty(Tested(server, [.. effects, .. server.AllUpdate(1)]).OfType<ServerEffect.Keep>());
    }

    private static TestServer Start() => new(Games.Of(("a", 9)).Rounds(5).Excluding() with { Episodes = 2 });

    /// <summary>Answers all tests that were asked for.</summary>
    private static List<ServerEffect> Tested(TestServer server, List<ServerEffect> effects, int episode = 0)
    {
        var tests = effects.OfType<ServerEffect.Test>().ToList();
        return [.. effects, .. tests.SelectMany(test => server.Tested(test.Round, LossOf(test.Model), episode))];
    }

    private static double LossOf(ModelVector model) => model.Span.ToArray().Sum(value => (double)value * value);

    private static EpisodeResult End(TestServer server, int[] gone)
    {
        var effects = Enumerable.Range(3, 3).SelectMany(round => Tested(server, server.AllUpdate(round, gone: gone))).ToList();
        return effects.OfType<ServerEffect.Record>().Single().Result;
    }
}
