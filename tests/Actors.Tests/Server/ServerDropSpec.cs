using FLCrowd.Actors.Protocol;
using FLCrowd.Actors.Server;
using FLCrowd.Actors.Tests.Fakes;
using static FLCrowd.Actors.Tests.Server.TestServer;

namespace FLCrowd.Actors.Tests.Server;

public class ServerDropSpec
{
    private readonly TestServer _server = new(Games.Of(("a", 9)) with { Episodes = 2 });

    [Fact]
    public void Late_duplicate_and_foreign_messages_are_dropped_while_labeling()
    {
        _server.Begin();
        _server.Ready(1);
        Dropped(
            () => _server.Ready(1),
            () => _server.Ready(0, episode: 1),
            () => _server.Ready(-1),
            () => _server.Ready(3),
            () => _server.Update(0, round: 0),
            () => _server.Update(0, round: 1),
            () => _server.Tested(0),
            () => _server.Recorded());
        _server.Ready(0);
        Assert.NotEmpty(_server.Ready(2));
    }

    [Fact]
    public void Late_duplicate_and_foreign_messages_are_dropped_while_training()
    {
        _server.Begin();
        _server.AllReady();
        _server.Update(2, 1);
        _server.Tested(0);
        Dropped(
            () => _server.Update(2, 1),
            () => _server.Update(0, 1, episode: 1),
            () => _server.Update(0, 0),
            () => _server.Update(0, 2),
            () => _server.Update(7, 1),
            () => _server.Ready(0),
            () => _server.Tested(0),
            () => _server.Tested(1),
            () => _server.Tested(0, episode: 1),
            () => _server.Recorded());
        _server.Update(0, 1);
        Assert.NotEmpty(_server.Update(1, 1));
    }

    [Fact]
    public void Late_duplicate_and_foreign_messages_are_dropped_once_the_episode_is_recorded()
    {
        _server.Play(rounds: 3);
        Dropped(() => _server.Recorded(episode: 1), () => _server.Update(0, 3), () => _server.Tested(3));
        Assert.NotEmpty(_server.Recorded());
        Dropped(() => _server.Recorded(), () => _server.Ready(0), () => _server.Update(0, 3), () => _server.Tested(3));
    }

    [Fact]
    public void Only_cohorts_that_did_not_answer_are_asked_again()
    {
        _server.Begin();
        Assert.Equal([0, 1, 2], CohortsAsked(_server.State.AskAgain()));
        _server.Ready(1);
        var again = _server.State.AskAgain().ToList();
        Assert.Equal([0, 2], CohortsAsked(again));
        Assert.All(again, effect => Assert.IsType<ServerEffect.AssignCohort>(effect));
        _server.Ready(0);
        _server.Ready(2);

        _server.Update(0, 1);
        _server.Update(2, 1);
        var round = Assert.IsType<ServerEffect.ToCohort>(Assert.Single(_server.State.AskAgain()));
        Assert.Equal((1, 1), (round.Message.Cohort, ((GlobalModel)round.Message).Round));
        Assert.Contains("round 1 of episode 0 from cohorts 1", _server.State.Waiting);
    }

    [Fact]
    public void An_episode_that_is_not_recorded_yet_is_settled_again_with_the_same_numbers()
    {
        var first = _server.Play(rounds: 3);
        var again = _server.State.AskAgain().ToList();
        Assert.Same(((ServerEffect.Record)first[0]).Result, ((ServerEffect.Record)again[0]).Result);
        Assert.Equal(
            first.OfType<ServerEffect.ToCohort>().SelectMany(to => ((CohortRewards)to.Message).Rewards),
            again.OfType<ServerEffect.ToCohort>().SelectMany(to => ((CohortRewards)to.Message).Rewards));
    }

    [Fact]
    public void Only_messages_with_an_effect_count_as_progress()
    {
        _server.Begin();
        _server.Ready(1);
        Assert.Equal(1, _server.State.Accepted);
        _server.Ready(1);
        Assert.Equal((1, 1), (_server.State.Accepted, _server.State.Dropped));
    }

    private void Dropped(params Func<List<ServerEffect>>[] messages)
    {
        for (int message = 0; message < messages.Length; message++)
        {
            long before = _server.State.Dropped;
            Assert.True(messages[message]().Count == 0, $"message {message} has an effect");
            Assert.True(_server.State.Dropped == before + 1, $"message {message} is not counted");
        }
    }
}
