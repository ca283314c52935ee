using FLCrowd.Actors.Cohorts;
using FLCrowd.Actors.Protocol;

namespace FLCrowd.Actors.Tests.Cohorts;

/// <summary>What a cohort does for mechanisms that look at reports or have the training replayed.</summary>
public class CohortReplaySpec
{
    [Fact]
    public void Reports_that_are_wanted_go_beside_the_same_sum()
    {
        var plain = Update(new TestCohort().Labeled(), wantsReports: false);
        var wanted = Update(new TestCohort().Labeled(), wantsReports: true);
        Assert.Equal(plain.Sum!.Span, wanted.Sum!.Span);
        Assert.Empty(plain.Reports);
        Assert.Equal([3, 4, 5], wanted.Reports.Select(report => report.Client));
        Assert.All(wanted.Reports, report => Assert.Equal(TestCohort.Local(report.Client, 1).Span, report.Model.Span));

        static CohortUpdate Update(TestCohort cohort, bool wantsReports)
        {
            cohort.Global(1, wantsReports: wantsReports);
            cohort.Report(5, 1);
            cohort.Report(3, 1);
            return AnswerOf(cohort.Report(4, 1));
        }
    }

    [Fact]
    public void A_client_that_sits_out_is_neither_asked_nor_waited_for_and_comes_back()
    {
        var cohort = new TestCohort().Labeled();
        cohort.Global(1);
        ReportAll(cohort, 1, 3, 4, 5);

        var effects = cohort.Global(2, without: 4);
        Assert.IsType<CohortEffect.ExpectActiveClients>(effects[0]);
        Assert.IsType<CohortEffect.ToActiveClients>(effects[1]);
        Assert.Equal([true, false, true], Enumerable.Range(0, 3).Select(cohort.State.IsActive));
        Assert.Empty(cohort.Report(4, 2)); // a stranger in this round
        Assert.Equal(1, cohort.State.Dropped);
        var update = ReportAll(cohort, 2, 5, 3);
        Assert.Equal((2, (4 + 6) / 21.0), (update.Reported, update.Weight));

        Assert.IsType<CohortEffect.ToActiveClients>(Assert.Single(cohort.Global(3, without: 4))); // nothing changed
        ReportAll(cohort, 3, 3, 5);
        Assert.IsType<CohortEffect.ExpectActiveClients>(cohort.Global(4, without: 3)[0]);
        Assert.Equal([false, true, true], Enumerable.Range(0, 3).Select(cohort.State.IsActive));
        ReportAll(cohort, 4, 4, 5);

        cohort.Pay();
        Enumerable.Range(3, 3).ToList().ForEach(client => cohort.End(client));
        cohort.Assign(1);
        Assert.All(Enumerable.Range(0, 3), member => Assert.True(cohort.State.IsActive(member)));
    }

    [Fact]
    public void A_client_that_stays_away_is_neither_asked_nor_waited_for_and_the_server_is_told()
    {
        var cohort = new TestCohort().Attending(1, 0.25, 0);
        cohort.Global(1);
        Assert.Equal([true, true, false], Enumerable.Range(0, 3).Select(cohort.State.IsActive));
        var update = ReportAll(cohort, 1, 3, 4);
        Assert.Equal((2, (4 + 5) / 21.0), (update.Reported, update.Weight));
        Assert.Equal([5], update.Absent!);

        cohort.Global(2);
        Assert.Equal([4, 5], ReportAll(cohort, 2, 3).Absent!);
        cohort.Global(3, without: 4);
        Assert.Equal([5], ReportAll(cohort, 3, 3).Absent!); // who sits out a replay is not expected

        var nobody = new TestCohort().Attending(0, 0, 0);
        var alone = AnswerOf(nobody.Global(1));
        Assert.Equal((0, 0.0), (alone.Reported, alone.Weight));
        Assert.Equal([3, 4, 5], alone.Absent!);

        cohort.Pay();
        Enumerable.Range(3, 3).ToList().ForEach(client => cohort.End(client));
        cohort.Labeled(1);
        cohort.Global(1, 1);
        Assert.All(Enumerable.Range(0, 3), member => Assert.True(cohort.State.IsActive(member)));
    }

    [Fact]
    public void A_request_of_a_replay_that_was_answered_is_answered_again()
    {
        var cohort = new TestCohort().Labeled();
        cohort.Global(1, without: 3);
        var answer = ReportAll(cohort, 1, 4, 5);
        Assert.Same(answer, AnswerOf(cohort.Global(1, without: 3)));
    }

    [Fact]
    public void A_cohort_whose_clients_all_sit_out_or_failed_answers_at_once()
    {
        var cohort = new TestCohort();
        cohort.Assign(0);
        cohort.Fail(3, 0);
        cohort.Fail(4, 0);
        cohort.Ready(5);
        var effects = cohort.Global(1, without: 5);
        Assert.IsType<CohortEffect.ExpectActiveClients>(effects[0]);
        Assert.Equal((0, 0.0), (AnswerOf(effects).Reported, AnswerOf(effects).Weight));
    }

    private static CohortUpdate ReportAll(TestCohort cohort, int round, params int[] clients) =>
        AnswerOf([.. clients.SelectMany(client => cohort.Report(client, round))]);

    private static CohortUpdate AnswerOf(IEnumerable<CohortEffect> effects) =>
        (CohortUpdate)effects.OfType<CohortEffect.ToServer>().Single().Message;
}
