using FLCrowd.Actors.Cohorts;
using FLCrowd.Actors.Protocol;
using static FLCrowd.Actors.Tests.Cohorts.CohortEpisodeSpec;

namespace FLCrowd.Actors.Tests.Cohorts;

public class CohortMoveSpec
{
    private static readonly ClientFailure Failure = new(4, 0, 2, "boom");

    [Theory]
    [InlineData(3, null)]
    [InlineData(8, 5)]
    public void A_cohort_that_moved_goes_on_with_the_round_that_it_is_asked_for(int round, int? without)
    {
        var cohort = new TestCohort().Labeled();
        Assert.IsType<CohortEffect.ToActiveClients>(cohort.Global(round, without: without, wantsReports: true)[^1]);
        var effects = Enumerable.Range(3, 3).Where(client => client != without).SelectMany(client => cohort.Report(client, round)).ToList();
        var update = AnswerTo<CohortUpdate>(Assert.Single(effects));
        Assert.Equal((round, without is null ? 3 : 2), (update.Round, update.Reported));
        Assert.Equal(update.Reported, update.Reports.Length);
        Assert.Empty(cohort.Global(round - 1));
    }

    [Fact]
    public void Clients_that_failed_before_the_move_take_no_part_and_keep_their_reason()
    {
        var cohort = new TestCohort().Labeled();
        var effects = cohort.Global(3, excluded: [Failure]);
        Assert.IsType<CohortEffect.ExpectActiveClients>(effects[0]);
        Assert.Equal([true, false, true], Enumerable.Range(0, 3).Select(cohort.State.IsActive));
        cohort.Report(3, 3);
        Assert.Equal(2, AnswerTo<CohortUpdate>(Assert.Single(cohort.Report(5, 3))).Reported);
        Assert.IsType<CohortEffect.ToActiveClients>(Assert.Single(cohort.Global(4, excluded: [Failure]))); // no news: trainers know
        cohort.Report(3, 4);
        cohort.Report(5, 4);
        Assert.Equal("boom", OutcomesOf(cohort)[1].Failure);
    }

    [Fact]
    public void A_cohort_that_moved_while_it_is_paid_learns_who_failed()
    {
        var cohort = new TestCohort().Labeled();
        Assert.Equal([null, "boom", null], OutcomesOf(cohort, Failure).Select(outcome => outcome.Failure));
    }

    [Fact]
    public void A_cohort_asked_to_go_on_with_an_episode_that_it_does_not_know_says_so()
    {
        Assert.Equal(
            new CohortUnassigned(TestCohort.Game, TestCohort.Cohort),
            AnswerTo<CohortUnassigned>(Assert.Single(new TestCohort().Global(1))));
        var cohort = new TestCohort().Labeled();
        AnswerTo<CohortUnassigned>(Assert.Single(cohort.Global(1, episode: 1)));
        AnswerTo<CohortUnassigned>(Assert.Single(cohort.Pay(episode: 1)));
        Assert.NotEmpty(cohort.Global(1)); // the episode that it is in goes on
    }

    [Fact]
    public void A_cohort_that_did_not_see_the_end_of_an_episode_starts_over_for_the_next()
    {
        var cohort = new TestCohort().Labeled();
        Assert.IsType<CohortEffect.StartOver>(Assert.Single(cohort.Assign(1)));
        cohort.Pay();
        Assert.IsType<CohortEffect.StartOver>(Assert.Single(cohort.Assign(1)));
        OutcomesOf(cohort);
        Assert.IsType<CohortEffect.StartOver>(Assert.Single(cohort.Assign(2)));
        Assert.Equal(3, CohortEpisodeSpec.Assigned(cohort.Assign(1)).Length);
    }

    [Fact]
    public void Failures_while_paying_go_with_the_record_and_are_told_again_where_pay_is_asked_for_again()
    {
        var cohort = new TestCohort().Labeled();
        cohort.Pay();
        cohort.Fail(5, 2);
        cohort.Fail(4, 2);
        Assert.Empty(cohort.Pay());
        var told = cohort.End(3).Concat(cohort.End(5)).Concat(cohort.End(4)).Single();
        Assert.Equal([4, 5], Assert.IsType<CohortEffect.ToRecorder>(told).Message.Failures!.Select(failure => failure.Client));
        Assert.Equal(told, Assert.Single(cohort.Pay()));
    }

    [Fact]
    public void What_strategies_remember_goes_to_the_recorder_in_client_order()
    {
        var cohort = new TestCohort().Labeled();
        cohort.Pay();
        cohort.End(5, memory: [5]);
        cohort.End(3, memory: [3, 3]);
        var outcomes = Assert.IsType<CohortEffect.ToRecorder>(Assert.Single(cohort.End(4))).Message;
        Assert.Equal([[3, 3], null, [5]], outcomes.Memories);
    }

    private static ClientOutcome[] OutcomesOf(TestCohort cohort, params ClientFailure[] excluded)
    {
        cohort.Pay(excluded: excluded);
        var recorded = Enumerable.Range(3, 3).SelectMany(client => cohort.End(client)).Single();
        return Assert.IsType<CohortEffect.ToRecorder>(recorded).Message.Outcomes;
    }
}
