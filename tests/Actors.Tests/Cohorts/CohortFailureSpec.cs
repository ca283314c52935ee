using FLCrowd.Actors.Cohorts;
using FLCrowd.Actors.Protocol;
using static FLCrowd.Actors.Tests.Cohorts.CohortEpisodeSpec;

namespace FLCrowd.Actors.Tests.Cohorts;

public class CohortFailureSpec
{
    [Fact]
    public void A_client_that_fails_to_label_takes_no_part_in_the_rounds()
    {
        var cohort = new TestCohort();
        cohort.Assign(0);
        cohort.Ready(5);
        cohort.Fail(4, 0);
        var ready = cohort.Ready(3);
        Assert.IsType<CohortEffect.ExpectActiveClients>(ready[0]);
        Assert.Equal([4], AnswerTo<CohortReady>(ready[1]).Failures.Select(failure => failure.Client));
        Assert.Equal([true, false, true], Enumerable.Range(0, 3).Select(cohort.State.IsActive));

        cohort.Global(1);
        cohort.Report(5, 1);
        var update = AnswerTo<CohortUpdate>(Assert.Single(cohort.Report(3, 1)));
        Assert.Equal(2, update.Reported);
        Assert.Equal((4 + 6) / 21.0, update.Weight, 12);
        Assert.Empty(update.Failures);
    }

    [Fact]
    public void A_client_that_fails_to_train_is_out_from_the_next_round_on()
    {
        var cohort = new TestCohort().Training();
        cohort.Report(5, 1);
        cohort.Fail(3, 1);
        var effects = cohort.Report(4, 1);
        Assert.IsType<CohortEffect.ExpectActiveClients>(effects[0]); // the trainers wait for one client less
        var update = AnswerTo<CohortUpdate>(effects[1]);
        Assert.Equal((2, 3, 1), (update.Reported, update.Failures[0].Client, update.Failures[0].Round));

        cohort.Global(2);
        cohort.Report(4, 2);
        update = AnswerTo<CohortUpdate>(Assert.Single(cohort.Report(5, 2)));
        Assert.Equal((2, 0), (update.Reported, update.Failures.Length));
    }

    [Fact]
    public void Failures_are_told_in_client_order()
    {
        var cohort = new TestCohort();
        cohort.Assign(0);
        cohort.Fail(5, 0);
        cohort.Ready(4);
        Assert.Equal([3, 5], AnswerTo<CohortReady>(cohort.Fail(3, 0)[^1]).Failures.Select(failure => failure.Client));
    }

    [Fact]
    public void A_cohort_without_clients_answers_rounds_at_once()
    {
        var cohort = new TestCohort();
        cohort.Assign(0);
        cohort.Fail(3, 0);
        cohort.Fail(4, 0);
        Assert.Equal(3, AnswerTo<CohortReady>(cohort.Fail(5, 0)[^1]).Failures.Length);

        var update = AnswerTo<CohortUpdate>(Assert.Single(cohort.Global(1)));
        Assert.Equal((0, 0.0, 0), (update.Reported, update.Weight, update.Failures.Length));
        Assert.All(update.Sum!.Span.ToArray(), sum => Assert.Equal(0, sum));
    }

    [Fact]
    public void Excluded_clients_are_told_their_reward_too()
    {
        var cohort = new TestCohort();
        cohort.Assign(0);
        cohort.Fail(3, 0);
        cohort.Ready(4);
        cohort.Ready(5);
        Assert.Equal([0, 1, 2], cohort.Pay().Cast<CohortEffect.ToClient>().Select(to => to.Member));
    }

    [Fact]
    public void A_client_that_fails_after_its_reward_still_has_its_outcome_awaited()
    {
        var cohort = new TestCohort().Labeled();
        cohort.Pay();
        Assert.Empty(cohort.Fail(4, 3));
        cohort.End(3);
        cohort.End(4);
        Assert.Single(cohort.End(5));
    }

    [Fact]
    public void A_client_that_is_lost_while_it_is_awaited_fails()
    {
        var cohort = new TestCohort().Training();
        cohort.Report(3, 1);
        cohort.Report(5, 1);
        var update = AnswerTo<CohortUpdate>(cohort.State.AcceptLoss(1).Last());
        Assert.Equal((2, 4), (update.Reported, Assert.Single(update.Failures).Client));
    }

    [Fact]
    public void A_client_that_is_lost_between_rounds_fails_in_the_next_one()
    {
        var cohort = new TestCohort().Labeled();
        Assert.Empty(cohort.State.AcceptLoss(2));
        Assert.IsType<CohortEffect.ToActiveClients>(Assert.Single(cohort.Global(1)));
        cohort.Report(3, 1);
        var update = AnswerTo<CohortUpdate>(cohort.Report(4, 1)[^1]);
        Assert.Equal((2, 5, 1), (update.Reported, Assert.Single(update.Failures).Client, update.Failures[0].Round));
    }

    [Fact]
    public void Nobody_waits_for_a_lost_client_when_a_replay_begins()
    {
        var cohort = new TestCohort().Labeled();
        cohort.State.AcceptLoss(2);
        var effects = cohort.Global(1, without: 3);
        Assert.Equal([1], Assert.IsType<CohortEffect.ExpectActiveClients>(effects[0]).Members);
        Assert.Equal([1], Assert.IsType<CohortEffect.ToActiveClients>(effects[1]).Members);
        var update = AnswerTo<CohortUpdate>(cohort.Report(4, 1)[^1]);
        Assert.Equal((1, 5), (update.Reported, Assert.Single(update.Failures).Client));
    }

    [Fact]
    public void A_lost_client_stays_lost_and_its_outcomes_are_told_without_it()
    {
        var cohort = new TestCohort().Labeled();
        cohort.Pay();
        cohort.End(3);
        cohort.End(5);
        var lost = Assert.IsType<CohortEffect.ToRecorder>(Assert.Single(cohort.State.AcceptLoss(1))).Message.Outcomes[1];
        Assert.Equal((4, "strategy 4", 2, null), (lost.Client, lost.Strategy, lost.AssignedBatchSize, lost.Action));
        Assert.NotNull(lost.Failure);

        Assert.Equal([0, 2], cohort.Assign(1).OfType<CohortEffect.ToAssigned>().Single().Messages.Select(to => to.Member));
        cohort.Ready(3, episode: 1);
        Assert.Equal(4, Assert.Single(AnswerTo<CohortReady>(cohort.Ready(5, episode: 1)[^1]).Failures).Client);
        Assert.Equal([0, 2], cohort.Pay(episode: 1).Cast<CohortEffect.ToClient>().Select(to => to.Member));
        cohort.End(3, episode: 1);
        Assert.Single(cohort.End(5, episode: 1));
    }

    [Fact]
    public void A_cohort_whose_clients_are_all_lost_still_answers()
    {
        var cohort = new TestCohort();
        Enumerable.Range(0, 3).ToList().ForEach(member => Assert.Empty(cohort.State.AcceptLoss(member)));
        Assert.Equal(3, AnswerTo<CohortReady>(cohort.Assign(0)[^1]).Failures.Length);
        Assert.Equal(0, AnswerTo<CohortUpdate>(Assert.Single(cohort.Global(1))).Reported);
        Assert.Equal(3, Assert.IsType<CohortEffect.ToRecorder>(Assert.Single(cohort.Pay())).Message.Outcomes.Length);
    }
}
