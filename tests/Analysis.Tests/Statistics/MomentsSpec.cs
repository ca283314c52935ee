using FLCrowd.Analysis.Statistics;
using FsCheck;
using FsCheck.Xunit;

namespace FLCrowd.Analysis.Tests.Statistics;

public sealed class MomentsSpec
{
    [Fact]
    public void Of_a_few_numbers()
    {
        Assert.Equal(new Moments(3, 2, Math.Sqrt(1.0 / 3)), Moments.Of([1, 2, 3]));
        Assert.Equal(new Moments(1, 7, double.NaN), Moments.Of([7]));
        Assert.Throws<ArgumentException>(() => Moments.Of([]));
    }

    [Property(MaxTest = 300, Replay = "(20261128,1)")]
    public void A_sum_is_that_of_all_draws(NonEmptyArray<int> one, NonEmptyArray<int> other, byte shift)
    {
        double[] first = [.. one.Get.Select(value => value + 1000.0 * shift)], second = [.. other.Get.Select(value => 0.5 * value)];
        var (sum, all) = (Moments.Of(first) + Moments.Of(second), Moments.Of([.. first, .. second]));
        Assert.Equal(all.Count, sum.Count);
        Assert.Equal(all.Mean, sum.Mean, 1e-9 * (1 + Math.Abs(all.Mean)));
        Assert.Equal(all.StandardError, sum.StandardError, 1e-9 * (1 + Math.Abs(all.Mean) + all.StandardError));
        Assert.Equal(Moments.Of(first), Moments.None + Moments.Of(first));
        Assert.Equal(Moments.Of(first), Moments.Of(first) + Moments.None);
        Assert.Equal(Moments.None, Moments.None + Moments.None);
    }

    [Fact]
    public void Grouped_means_do_not_depend_on_the_order_of_rows_and_weigh_games_alike()
    {
        (int Game, double Value)[] rows = [(3, 1), (1, 5), (3, 3), (2, 4)];
        foreach (var order in (IEnumerable<(int Game, double Value)>[])[rows, rows.Reverse()])
        {
            var means = new GroupedMeans<string>(2);
            foreach (var (game, value) in order)
            {
                means.Add("a", game, value, -value);
            }

            Assert.Equal(3, means.Games("a"));
            Assert.Equal([Moments.Of([5, 4, 2]), Moments.Of([-5, -4, -2])], means.Result("a"));
        }

        Assert.Throws<ArgumentException>(() => new GroupedMeans<string>(2).Add("a", 0, 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => new GroupedMeans<string>(0));
    }
}
