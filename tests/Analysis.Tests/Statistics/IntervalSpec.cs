using FLCrowd.Analysis.Statistics;

namespace FLCrowd.Analysis.Tests.Statistics;

public sealed class IntervalSpec
{
    private const int Experiments = 2000;

    /// <summary>Differences of pairs that share most of their noise: the truth is in 95 of 100 intervals, and for five at once in as
    /// many.</summary>
    [Theory]
    [InlineData(4)]
    [InlineData(12)]
    public void Paired_intervals_hold_as_often_as_they_say(int pairs)
    {
        const double Gain = 3;
        int one = 0, five = 0;
        for (int experiment = 0; experiment < Experiments; experiment++)
        {
            var seed = new Seed(4).For("experiment", experiment);
            var intervals = Enumerable.Range(0, 5).Select(quantity => Moments.Of([.. Enumerable.Range(0, pairs)
                .Select(pair => Payoff(seed, quantity, pair, 0) + Gain - Payoff(seed, quantity, pair, 1))])).ToList();
            one += Interval.Of(intervals[0]).Contains(Gain) ? 1 : 0;
            five += intervals.All(moments => Interval.Of(moments, 5).Contains(Gain)) ? 1 : 0;
        }

        // 95 % with four standard errors of the simulation to either side.
        Assert.InRange(one / (double)Experiments, 0.93, 0.97);
        Assert.InRange(five / (double)Experiments, 0.93, 0.975);
    }

    [Fact]
    public void Without_two_draws_nothing_is_known()
    {
        var nothing = Interval.Of(Moments.Of([5]));
        Assert.Equal((double.NegativeInfinity, double.PositiveInfinity), (nothing.Low, nothing.High));
        Assert.Equal(0, Interval.HalfWidth(Moments.Of([5])));
        Assert.Throws<ArgumentOutOfRangeException>(() => Interval.Of(Moments.Of([1, 2]), 0));
        Assert.Throws<ArgumentException>(() => MeanLimits.Of([5], 0.1));
        Assert.Throws<ArgumentOutOfRangeException>(() => MeanLimits.Of([5, 6], 0.5));
        Assert.Throws<ArgumentOutOfRangeException>(() => MeanLimits.OfShare(3, 2, 0.1));
    }

    [Theory]
    [InlineData(1, 2, 2, GainVerdict.Below)]
    [InlineData(1, 2, 1, GainVerdict.Open)]
    [InlineData(1, 2, 0.5, GainVerdict.Above)]
    public void A_verdict_needs_the_whole_interval(double low, double high, double threshold, GainVerdict verdict) =>
        Assert.Equal(verdict, Verdicts.Of(new Interval(low, high), threshold));

    [Theory]
    [InlineData(20, 20 + 1e-10, false)]
    [InlineData(20, 20.001, true)]
    [InlineData(0, 0, false)]
    public void Pay_that_covers_a_cost_up_to_rounding_is_no_loss(double reward, double cost, bool isLoss) =>
        Assert.Equal(isLoss, Analysis.Statistics.Payoff.IsLoss(reward, cost));

    private static double Payoff(Seed seed, int quantity, int pair, int side) =>
        100 * seed.For("common", quantity).Normal(pair) + seed.For("own", quantity, side).Normal(pair);
}
