using FLCrowd.Analysis.Statistics;
using FsCheck;
using FsCheck.Xunit;

namespace FLCrowd.Analysis.Tests.Statistics;

public sealed class TwoLevelMeanSpec
{
    private const double Tail = 0.025;

    [Fact]
    public void By_hand()
    {
        // The means 1, 3, 5 have the variance 4, and each an error of 0.5; four draws with that error have a deviation of 1.
        var mean = TwoLevelMean.Of([new(4, 1, 0.5), new(4, 3, 0.5), new(4, 5, 0.5)], Tail);
        Assert.Equal((3, 3.0), (mean.Moments.Count, mean.Moments.Mean));
        Assert.Equal(Math.Sqrt(4.0 / 3), mean.Moments.StandardError, 12);
        Assert.Equal(Math.Sqrt(4 - 0.25), mean.Between, 12);
        Assert.Equal(1, mean.Within, 12);
        double half = 4.302653 * Math.Sqrt(4.0 / 3);
        Assert.Equal(3 - half, mean.Limits.Low, 5);
        Assert.Equal(3 + half, mean.Limits.High, 5);
    }

    [Fact]
    public void What_too_few_groups_or_draws_do_not_say_is_not_said()
    {
        var one = TwoLevelMean.Of([new Moments(4, 1, 0.5)], Tail);
        Assert.Equal((double.NegativeInfinity, double.PositiveInfinity), (one.Limits.Low, one.Limits.High));
        Assert.True(double.IsNaN(one.Between));
        var single = TwoLevelMean.Of([Moments.Of([1]), Moments.Of([2])], Tail);
        Assert.True(double.IsNaN(single.Between) && double.IsNaN(single.Within));
        Assert.Equal(MeanLimits.Of([1, 2], Tail), single.Limits);
        Assert.Throws<ArgumentException>(() => TwoLevelMean.Of([], Tail));
        Assert.Throws<ArgumentException>(() => TwoLevelMean.Of([Moments.None, Moments.None], Tail));
        Assert.Throws<ArgumentOutOfRangeException>(() => TwoLevelMean.Of([Moments.Of([1]), Moments.Of([2])], 0.5));
    }

    [Property(MaxTest = 200, Replay = "(20261129,1)")]
    public void Groups_have_no_order_and_units_do_not_matter(NonEmptyArray<short> values, byte shift)
    {
        Moments[] groups = [.. values.Get.Prepend((short)-7).Select((value, k) => new Moments(4 + k, value, 1 + k))];
        var mean = TwoLevelMean.Of(groups, Tail);
        var reversed = TwoLevelMean.Of([.. groups.Reverse()], Tail);
        var other = TwoLevelMean.Of(
            [.. groups.Select(group => new Moments(group.Count, 3 * group.Mean + shift, 3 * group.StandardError))], Tail);
        double scale = 1e-6 * (1 + groups.Max(group => Math.Abs(group.Mean)) + groups.Length);
        foreach (var (expected, actual) in (IEnumerable<(double, double)>)[
            (mean.Moments.Mean, reversed.Moments.Mean), (mean.Limits.Low, reversed.Limits.Low), (mean.Between, reversed.Between),
            (3 * mean.Moments.Mean + shift, other.Moments.Mean), (3 * mean.Limits.High + shift, other.Limits.High),
            (3 * mean.Between, other.Between), (3 * mean.Within, other.Within)])
        {
            Assert.Equal(expected, actual, scale);
        }
    }

    [Property(MaxTest = 200, Replay = "(20261129,3)")]
    public void What_is_explained_by_errors_is_not_between_groups(NonEmptyArray<short> values, PositiveInt error)
    {
        Moments[] groups = [.. values.Get.Prepend((short)3).Select(value => new Moments(5, value, 0))];
        var exact = TwoLevelMean.Of(groups, Tail);
        var noisy = TwoLevelMean.Of([.. groups.Select(group => group with { StandardError = error.Get })], Tail);
        Assert.Equal(exact.Limits, noisy.Limits);
        Assert.Equal(
            Math.Sqrt(Math.Max(0, exact.Between * exact.Between - (double)error.Get * error.Get)), noisy.Between,
            1e-6 * (1 + exact.Between));
    }

    [Fact]
    public void Both_levels_are_found_where_there_are_many_groups()
    {
        var seed = new Seed(7);
        var mean = TwoLevelMean.Of([.. Enumerable.Range(0, 2_000).Select(group => Group(seed, group, 3, 8))], Tail);
        Assert.Equal(3, mean.Between, 0.2);
        Assert.Equal(8, mean.Within, 0.2);
    }

    /// <summary>Ibragimov and Mueller: Student's interval holds whatever the variances of the groups are.</summary>
    [Theory]
    [InlineData(3, 1)]
    [InlineData(4, 20)]
    [InlineData(8, 20)]
    public void Limits_hold_for_groups_that_are_known_unequally_well(int groups, double noisiest)
    {
        const int Experiments = 1000;
        int held = Enumerable.Range(0, Experiments).Count(experiment =>
        {
            var seed = new Seed(8).For("experiment", experiment);
            return TwoLevelMean.Of(
                [.. Enumerable.Range(0, groups).Select(group => Group(seed, group, 1, group % 2 == 0 ? 1 : noisiest))], Tail)
                .Limits.Contains(0);
        });

        // 95 % less 2.6 standard errors of the simulation.
        Assert.True(held >= (0.95 - 2.6 * 0.0069) * Experiments, $"{held} of {Experiments}");
    }

    /// <summary>Eight draws around a group's own mean.</summary>
    private static Moments Group(Seed seed, int group, double between, double within)
    {
        double centre = between * seed.For("group").Normal(group);
        var draws = seed.For("draws", group);
        return Moments.Of([.. Enumerable.Range(0, 8).Select(draw => centre + within * draws.Normal(draw))]);
    }
}
