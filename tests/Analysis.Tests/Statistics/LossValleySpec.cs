using FLCrowd.Analysis.Statistics;

namespace FLCrowd.Analysis.Tests.Statistics;

public sealed class LossValleySpec
{
    private static readonly double[] Points = [1, 2, 3, 4, 5];

    [Fact]
    public void A_cubics_minimum_is_found_exactly()
    {
        // f = (x - 3.3)^2 + 0.1 (x - 3.3)^3: f' = 0 and f'' = 2 at 3.3.
        var valley = Assert.NotNull(LossValley.Of(Points, [.. Points.Select(x => (double[])[F(x), F(x) + 1, F(x) - 1])]));
        Assert.Equal(3.3, valley.At, 9);
        Assert.Equal(0, valley.Error, 9);
        Assert.Equal(7, valley.Loss, 9);
        Assert.Equal(2, valley.Curvature, 9);
        static double F(double x) => 7 + Math.Pow(x - 3.3, 2) + 0.1 * Math.Pow(x - 3.3, 3);
    }

    /// <summary>Of parabolas, the minimum of the mean is the mean of the minima: so the jackknife must give the standard error of their
    /// mean.</summary>
    [Fact]
    public void The_error_is_that_of_the_mean_of_the_seeds_minima()
    {
        double[] minima = [2.8, 3.1, 2.9, 3.4, 3.3];
        var valley = Assert.NotNull(LossValley.Of(Points, [.. Points.Select(x => minima.Select(at => (x - at) * (x - at)).ToArray())]));
        Assert.Equal(Moments.Of(minima).Mean, valley.At, 9);
        Assert.Equal(Moments.Of(minima).StandardError, valley.Error, 9);
    }

    [Fact]
    public void There_is_none_where_the_loss_falls_all_along_or_is_infinite()
    {
        Assert.Null(LossValley.Of(Points, [.. Points.Select(x => (double[])[-x, -2 * x])]));
        Assert.Null(LossValley.Of(Points, [.. Points.Select(x => (double[])[x > 4 ? double.PositiveInfinity : x * x, 1])]));
    }

    [Fact]
    public void Shapes_are_checked()
    {
        Assert.Throws<ArgumentException>(() => LossValley.Of([1, 2, 3], [[1, 1], [1, 1], [1, 1]]));
        Assert.Throws<ArgumentException>(() => LossValley.Of([1, 2, 2, 3], [[1, 1], [1, 1], [1, 1], [1, 1]]));
        Assert.Throws<ArgumentException>(() => LossValley.Of([1, 2, 3, 4], [[1], [1], [1], [1]]));
        Assert.Throws<ArgumentException>(() => LossValley.Of([1, 2, 3, 4], [[1, 1], [1, 1], [1, 1]]));
    }
}
