using FLCrowd.Actors.Protocol;
using FLCrowd.Actors.Server;
using FLCrowd.Actors.Tests.Fakes;

namespace FLCrowd.Actors.Tests.Server;

/// <summary>Cohorts of three clients: 0-2, 3-5, 6-8.</summary>
public class ServerMoveSpec
{
    private readonly TestServer _server = new(Games.Of(("a", 9)).Excluding() with { Episodes = 2 });

    [Fact]
    public void A_cohort_that_moved_while_labeling_is_assigned_again()
    {
        _server.Begin();
        var again = Assert.IsType<ServerEffect.AssignCohort>(Assert.Single(Unassigned(1)));
        Assert.Equal((1, 3), (again.Cohort, again.Assignments.Length));
        Assert.Empty(_server.Ready(1));
        _server.Ready(0);
        Assert.NotEmpty(_server.Ready(2)); // its answer counted
    }

    [Fact]
    public void A_cohort_that_moved_while_training_is_assigned_again_and_goes_on_with_the_round()
    {
        _server.Begin();
        _server.Ready(0);
        _server.Ready(1, 0, 4);
        _server.Ready(2);
        _server.Update(0, 1);
        _server.Update(1, 1, gone: [4], failed: [5]);
        _server.Update(2, 1);

        Assert.IsType<ServerEffect.AssignCohort>(Assert.Single(Unassigned(1)));
        var global = Sent<GlobalModel>(_server.Ready(1, 0, 4));
        Assert.Equal((1, 2), (global.Cohort, global.Round));
        Assert.Equal([(4, 0), (5, 1)], global.Excluded!.Select(failure => (failure.Client, failure.Round)));
        Assert.Empty(_server.Ready(1)); // a doubled answer
        Assert.Null(Sent<GlobalModel>(Moved(2)).Excluded);
    }

    [Fact]
    public void A_client_is_known_to_have_failed_before_the_round_is_over()
    {
        _server.Begin();
        _server.AllReady();
        _server.Update(2, 1, failed: [7]);
        Assert.Empty(Moved(2)); // its answer is there
        _server.Update(0, 1);
        var next = _server.Update(1, 1).OfType<ServerEffect.ToCohort>().Select(to => (GlobalModel)to.Message)
            .Single(model => model.Cohort == 2);
        Assert.Equal(7, Assert.Single(next.Excluded!).Client);
    }

    [Fact]
    public void A_cohort_that_moved_in_a_replay_goes_on_with_it()
    {
        var server = new TestServer(Games.Of(("a", 4)).Rounds(1), new FakeReplayer(0));
        server.Begin();
        server.AllReady();
        server.AllUpdate(1);
        server.State.Accept(new CohortUnassigned(0, 1));
        var global = Sent<GlobalModel>(server.Ready(1));
        Assert.Equal((2, (int?)0), (global.Round, global.Without));
    }

    [Fact]
    public void A_cohort_that_moved_while_it_is_paid_is_paid_again()
    {
        _server.Play(rounds: 3);
        var rewards = Sent<CohortRewards>(Moved(1));
        Assert.Equal((1, 0, 3), (rewards.Cohort, rewards.Episode, rewards.Rewards.Length));
        Assert.NotEmpty(_server.Recorded());
        Assert.Equal(1, _server.State.Episode);
    }

    [Fact]
    public void Cohorts_that_are_missing_are_named_as_the_actor_names_them()
    {
        _server.Begin();
        _server.Ready(1);
        Assert.Equal("the labels of episode 0 from cohorts 0, 2", _server.State.Waiting);
        Assert.Empty(Unassigned(3)); // a stranger
    }

    private List<ServerEffect> Unassigned(int cohort) => [.. _server.State.Accept(new CohortUnassigned(0, cohort))];

    private List<ServerEffect> Moved(int cohort)
    {
        Unassigned(cohort);
        return _server.Ready(cohort);
    }

    private static T Sent<T>(IEnumerable<ServerEffect> effects)
        where T : IToCohort => Assert.IsType<T>(Assert.IsType<ServerEffect.ToCohort>(Assert.Single(effects)).Message);
}
