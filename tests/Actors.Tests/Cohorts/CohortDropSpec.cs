using FLCrowd.Actors.Cohorts;
using FLCrowd.Actors.Protocol;
using static FLCrowd.Actors.Tests.Cohorts.CohortEpisodeSpec;

namespace FLCrowd.Actors.Tests.Cohorts;

public class CohortDropSpec
{
    [Fact]
    public void Nothing_fits_before_the_first_assignment() => Dropped(
        new TestCohort(),
        cohort => cohort.Ready(3),
        cohort => cohort.Report(3, 1),
        cohort => cohort.Fail(3, 0),
        cohort => cohort.End(3));

    [Fact]
    public void Strangers_duplicates_and_other_phases_are_dropped_while_labeling()
    {
        var cohort = new TestCohort();
        cohort.Assign(1);
        cohort.Ready(3, episode: 1);
        Dropped(
            cohort,
            cohort => cohort.Ready(3, episode: 1),
            cohort => cohort.Fail(3, 0, episode: 1),
            cohort => cohort.Ready(2, episode: 1),
            cohort => cohort.Ready(6, episode: 1),
            cohort => cohort.Ready(4, episode: 0),
            cohort => cohort.Ready(4, episode: 2),
            cohort => cohort.Assign(0),
            cohort => cohort.Assign(1),
            cohort => cohort.Assign(2),
            cohort => cohort.Global(1, episode: 1),
            cohort => cohort.Report(4, 1, episode: 1),
            cohort => cohort.Fail(4, 1, episode: 1),
            cohort => cohort.Pay(episode: 1),
            cohort => cohort.End(4, episode: 1));
        cohort.Ready(4, episode: 1);
        Assert.Empty(AnswerTo<CohortReady>(cohort.Ready(5, episode: 1)[^1]).Failures);
    }

    [Fact]
    public void Strangers_duplicates_and_other_rounds_are_dropped_while_training()
    {
        var cohort = new TestCohort().Training();
        cohort.Report(3, 1);
        Dropped(
            cohort,
            cohort => cohort.Report(3, 1),
            cohort => cohort.Fail(3, 1),
            cohort => cohort.Report(2, 1),
            cohort => cohort.Report(6, 1),
            cohort => cohort.Report(4, 0),
            cohort => cohort.Report(4, 2),
            cohort => cohort.Report(4, 1, episode: 1),
            cohort => cohort.Ready(4),
            cohort => cohort.Fail(4, 0),
            cohort => cohort.Global(0),
            cohort => cohort.Global(1),
            cohort => cohort.Global(2),
            cohort => cohort.Assign(0),
            cohort => cohort.Assign(1),
            cohort => cohort.Pay(),
            cohort => cohort.End(4));
        cohort.Report(4, 1);
        Assert.Equal(3, AnswerTo<CohortUpdate>(Assert.Single(cohort.Report(5, 1))).Reported);
    }

    [Fact]
    public void An_excluded_client_is_a_stranger_to_later_rounds()
    {
        var cohort = new TestCohort().Training();
        cohort.Fail(3, 1);
        cohort.Report(4, 1);
        cohort.Report(5, 1);
        cohort.Global(2);
        Dropped(cohort, cohort => cohort.Report(3, 2), cohort => cohort.Fail(3, 2));
    }

    [Fact]
    public void Only_failures_of_the_clients_that_are_being_paid_go_to_the_server()
    {
        var cohort = new TestCohort().Labeled(episode: 1);
        cohort.Pay(episode: 1);
        cohort.End(3, episode: 1);
        Dropped(
            cohort,
            cohort => cohort.Fail(4, 1, episode: 0),
            cohort => cohort.Fail(2, 1, episode: 1),
            cohort => cohort.Fail(6, 1, episode: 1),
            cohort => cohort.Fail(3, 1, episode: 1));
    }

    [Fact]
    public void Outcomes_of_strangers_and_duplicates_are_dropped()
    {
        var cohort = new TestCohort().Labeled();
        cohort.Pay();
        cohort.End(3);
        Dropped(cohort, cohort => cohort.End(3), cohort => cohort.End(2), cohort => cohort.End(6), cohort => cohort.End(4, episode: 1));
    }

    [Fact]
    public void Assignments_and_rewards_of_the_wrong_number_are_dropped()
    {
        var cohort = new TestCohort();
        Dropped(cohort, cohort => [.. cohort.State.Accept(TestCohort.Assignments(0, size: 2))]);
        cohort.Labeled();
        Dropped(cohort, cohort => [.. cohort.State.Accept(TestCohort.Rewards(size: 4))]);
    }

    [Fact]
    public void A_request_that_was_answered_is_answered_again_with_the_same_message()
    {
        var cohort = new TestCohort();
        cohort.Assign(0);
        cohort.Fail(4, 0);
        cohort.Ready(3);
        var ready = AnswerTo<CohortReady>(cohort.Ready(5)[^1]);
        Assert.Same(ready, AnswerTo<CohortReady>(Assert.Single(cohort.Assign(0))));

        cohort.Global(1);
        cohort.Report(3, 1);
        var update = AnswerTo<CohortUpdate>(Assert.Single(cohort.Report(5, 1)));
        Assert.Same(update, AnswerTo<CohortUpdate>(Assert.Single(cohort.Global(1))));

        cohort.Pay();
        cohort.End(3);
        cohort.End(4);
        var outcomes = Assert.IsType<CohortEffect.ToRecorder>(Assert.Single(cohort.End(5))).Message;
        Assert.Same(outcomes, Assert.IsType<CohortEffect.ToRecorder>(Assert.Single(cohort.Pay())).Message);
        Assert.Equal(0, cohort.State.Dropped);
    }

    [Fact]
    public void Each_episodes_outcomes_tell_the_messages_dropped_since_the_last()
    {
        var cohort = new TestCohort();
        for (int episode = 0; episode < 3; episode++)
        {
            cohort.Labeled(episode);
            for (int duplicate = 0; duplicate < episode; duplicate++)
            {
                cohort.Ready(3, episode);
            }

            cohort.Pay(episode);
            var outcomes = Enumerable.Range(3, 3).SelectMany(client => cohort.End(client, episode)).Single();
            Assert.Equal(episode, Assert.IsType<CohortEffect.ToRecorder>(outcomes).Message.Dropped);
        }
    }

    [Fact]
    public void What_clients_dropped_counts_with_what_their_cohort_dropped()
    {
        var cohort = new TestCohort().Labeled();
        cohort.Pay();
        cohort.State.Accept(TestCohort.Outcome(3), memory: null, dropped: 2);
        cohort.End(3); // told twice
        cohort.End(4);
        var outcomes = Assert.Single(cohort.State.Accept(TestCohort.Outcome(5), memory: null, dropped: 4));
        Assert.Equal(7, Assert.IsType<CohortEffect.ToRecorder>(outcomes).Message.Dropped);
    }

    private static void Dropped(TestCohort cohort, params Func<TestCohort, List<CohortEffect>>[] messages)
    {
        for (int message = 0; message < messages.Length; message++)
        {
            long before = cohort.State.Dropped;
            Assert.True(messages[message](cohort).Count == 0, $"message {message} has an effect");
            Assert.True(cohort.State.Dropped == before + 1, $"message {message} is not counted");
        }
    }
}
