using System.Collections.Immutable;
using FLCrowd.Actors.Cohorts;
using FLCrowd.Actors.Protocol;
using FLCrowd.Actors.Tests.Fakes;

namespace FLCrowd.Actors.Tests.Cohorts;

public class CohortEpisodeSpec
{
    [Fact]
    public void An_episode_goes_from_assignments_to_outcomes()
    {
        var cohort = new TestCohort();

        Assert.Equal(
            [(0, 1), (1, 2), (2, 3)],
            Assigned(cohort.Assign(0)).Select(to => (to.Member, ((Assign)to.Message).Assignment.BatchSize)));
        Assert.Empty(cohort.Ready(3));
        Assert.Empty(cohort.Ready(4));
        var ready = cohort.Ready(5);
        Assert.IsType<CohortEffect.ExpectActiveClients>(ready[0]);
        Assert.Empty(AnswerTo<CohortReady>(ready[1]).Failures);

        for (int round = 1; round <= 2; round++)
        {
            var global = Assert.IsType<CohortEffect.ToActiveClients>(Assert.Single(cohort.Global(round)));
            Assert.Equal(round, ((GlobalModel)global.Message).Round);
            Assert.Empty(cohort.Report(3, round));
            Assert.Empty(cohort.Report(4, round));
            var update = AnswerTo<CohortUpdate>(Assert.Single(cohort.Report(5, round)));
            Assert.Equal(
                (TestCohort.Game, TestCohort.Cohort, 0, round, 3),
                (update.Game, update.Cohort, update.Episode, update.Round, update.Reported));
            Assert.Empty(update.Reports);
        }

        Assert.Equal([0, 1, 2], cohort.Pay().Cast<CohortEffect.ToClient>().Select(to => to.Member));
        Assert.Empty(cohort.End(5));
        Assert.Empty(cohort.End(3));
        var outcomes = Assert.IsType<CohortEffect.ToRecorder>(Assert.Single(cohort.End(4))).Message;
        Assert.Equal([3, 4, 5], outcomes.Outcomes.Select(outcome => outcome.Client));
        Assert.Equal(0, cohort.State.Dropped);
    }

    [Fact]
    public void The_sum_is_that_of_coefficient_times_report()
    {
        var cohort = new TestCohort().Training();
        cohort.Report(3, 1);
        cohort.Report(4, 1);
        var update = AnswerTo<CohortUpdate>(Assert.Single(cohort.Report(5, 1)));

        Assert.Equal((4 + 5 + 6) / 21.0, update.Weight, 12);
        for (int i = 0; i < TinyModel.Length; i++)
        {
            double expected = Enumerable.Range(3, 3).Sum(client => TestCohort.Weights[client] * TestCohort.Local(client, 1).Span[i]);
            Assert.Equal(expected, update.Sum!.Span[i], 1e-5 * (1 + Math.Abs(expected)));
        }
    }

    [Fact]
    public void Sums_have_the_same_bits_for_every_order_of_arrival()
    {
        var sums = Permutations().Select(order =>
        {
            var cohort = new TestCohort().Training();
            return AnswerTo<CohortUpdate>(order.SelectMany(client => cohort.Report(client, 1)).Single()).Sum!.Span.ToArray();
        }).ToList();

        Assert.Equal(6, sums.Count);
        Assert.All(sums, sum => Assert.Equal(sums[0], sum));
        Assert.NotEqual(sums[0], Naive([5, 4, 3])); // the order does show in the bits
    }

    [Fact]
    public void What_clients_change_is_added_in_client_order_and_failed_ones_change_nothing()
    {
        double[] changes = [1e16, 1, -1e16];
        Assert.All(Permutations(), order =>
        {
            var cohort = new TestCohort();
            cohort.Assign(0);
            var answer = AnswerTo<CohortReady>(order.SelectMany(client => cohort.Ready(client, 0, changes[client - 3])).Last());
            Assert.Equal(changes[0] + changes[1] + changes[2], answer.SurrogateChange); // 0: other orders give 1
        });

        var failing = new TestCohort();
        failing.Assign(0);
        failing.Ready(3, change: 0.25);
        failing.Ready(5, change: 0.5);
        Assert.Equal(0.75, AnswerTo<CohortReady>(failing.Fail(4, 0)[^1]).SurrogateChange);
    }

    [Fact]
    public void Reports_for_a_non_linear_aggregator_come_in_client_order_for_every_order_of_arrival() => Assert.All(Permutations(), order =>
    {
        var cohort = new TestCohort(linear: null).Training();
        var update = AnswerTo<CohortUpdate>(order.SelectMany(client => cohort.Report(client, 1)).Single());
        Assert.Null(update.Sum);
        Assert.Equal([3, 4, 5], update.Reports.Select(report => report.Client));
        Assert.All(update.Reports, report => Assert.Equal(TestCohort.Local(report.Client, 1).Span, report.Model.Span));
        Assert.Equal(3, update.Reported);
    });

    [Fact]
    public void Outcomes_come_in_client_order_for_every_order_of_arrival() => Assert.All(Permutations(), order =>
    {
        var cohort = new TestCohort().Labeled();
        cohort.Pay();
        var outcomes = Assert.IsType<CohortEffect.ToRecorder>(order.SelectMany(client => cohort.End(client)).Single()).Message;
        Assert.Equal([3, 4, 5], outcomes.Outcomes.Select(outcome => outcome.Client));
    });

    [Fact]
    public void The_next_episode_starts_clean()
    {
        var cohort = new TestCohort();
        cohort.Assign(0);
        cohort.Fail(3, 0);
        cohort.Ready(4, change: 1);
        cohort.Ready(5);
        cohort.Global(1);
        cohort.Report(4, 1);
        cohort.Report(5, 1);
        cohort.Pay();
        Assert.Single(Enumerable.Range(3, 3).SelectMany(client => cohort.End(client)));

        Assert.Equal(3, Assigned(cohort.Assign(1)).Length);
        cohort.Ready(3, episode: 1);
        cohort.Ready(4, episode: 1);
        var ready = AnswerTo<CohortReady>(cohort.Ready(5, episode: 1)[^1]);
        Assert.Empty(ready.Failures);
        Assert.Equal(0, ready.SurrogateChange);
        cohort.Global(1, episode: 1);
        cohort.Report(3, 1, episode: 1);
        cohort.Report(4, 1, episode: 1);
        var update = AnswerTo<CohortUpdate>(cohort.Report(5, 1, episode: 1)[^1]);
        Assert.Equal((3, 0), (update.Reported, update.Failures.Length));
        Assert.Equal(Naive([3, 4, 5]), update.Sum!.Span.ToArray());
    }

    [Fact]
    public void A_cohort_that_moved_begins_with_the_episode_that_it_is_asked_for() =>
        Assert.Equal(3, Assigned(new TestCohort().Assign(7)).Length);

    internal static ImmutableArray<CohortEffect.ToClient> Assigned(List<CohortEffect> effects) =>
        Assert.IsType<CohortEffect.ToAssigned>(Assert.Single(effects)).Messages;

    internal static T AnswerTo<T>(CohortEffect effect)
        where T : IToServer => Assert.IsType<T>(Assert.IsType<CohortEffect.ToServer>(effect).Message);

    private static float[] Naive(int[] order)
    {
        var sum = new WeightedSum(TinyModel.Length);
        foreach (int client in order)
        {
            sum.Add(TestCohort.Local(client, 1).Span, TestCohort.Weights[client]);
        }

        return sum.Sum.ToArray();
    }

    private static IEnumerable<int[]> Permutations() =>
        from a in Enumerable.Range(3, 3)
        from b in Enumerable.Range(3, 3)
        from c in Enumerable.Range(3, 3)
        where a != b && b != c && a != c
        select new[] { a, b, c };
}
