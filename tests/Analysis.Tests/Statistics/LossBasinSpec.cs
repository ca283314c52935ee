using FLCrowd.Analysis.Statistics;

namespace FLCrowd.Analysis.Tests.Statistics;

public sealed class LossBasinSpec
{
    private static readonly double[] Centre = [1, -2, 0.5];

    private static readonly IReadOnlyList<double[]> Points = LossBasin.Design(Centre, 0.5);

    [Fact]
    public void A_quadratic_surfaces_minimum_is_found_exactly()
    {
        double[] at = [1.2, -1.9, 0.4];
        var basin = LossBasin.Of(Points, 0.5, [.. Points.Select(x => (double[])[F(x), F(x) + 1, F(x) - 1])])!;
        Assert.All(at.Zip(basin.At), pair => Assert.Equal(pair.First, pair.Second, 9));
        Assert.All(basin.Errors, error => Assert.Equal(0, error, 9));
        Assert.Equal(7, basin.Loss, 9);
        Assert.True(basin.IsInside);
        Assert.All(((double[])[2, 4, 6]).Zip(basin.Curvatures), pair => Assert.Equal(pair.First, pair.Second, 8));

        double F(double[] x)
        {
            var (a, b, c) = (x[0] - at[0], x[1] - at[1], x[2] - at[2]);
            return 7 + a * a + 2 * b * b + 3 * c * c + 0.5 * a * b - c * b;
        }
    }

    /// <summary>Of equal bowls the minimum of the mean is the mean of the minima: so the jackknife gives the standard error of their
    /// mean.</summary>
    [Fact]
    public void The_errors_are_those_of_the_mean_of_the_seeds_minima()
    {
        double[][] minima = [[1.1, -2.1, 0.6], [1.0, -1.8, 0.5], [0.8, -2.2, 0.4], [1.2, -2.0, 0.7]];
        var basin = LossBasin.Of(
            Points, 0.5, [.. Points.Select(x => minima.Select(at => x.Zip(at, (a, b) => (a - b) * (a - b)).Sum()).ToArray())])!;
        for (int axis = 0; axis < 3; axis++)
        {
            var moments = Moments.Of([.. minima.Select(at => at[axis])]);
            Assert.Equal(moments.Mean, basin.At[axis], 9);
            Assert.Equal(moments.StandardError, basin.Errors[axis], 9);
        }
    }

    [Fact]
    public void Where_the_surface_has_no_minimum_near_it_is_the_least_within_reach()
    {
        var beyond = Of(x => Math.Pow(x[0] - 3, 2) + Math.Pow(x[1] + 2, 2) + Math.Pow(x[2] - 0.5, 2))!;
        Assert.False(beyond.IsInside);
        Assert.All(((double[])[1.5, -2, 0.5]).Zip(beyond.At), pair => Assert.Equal(pair.First, pair.Second, 6));
        Assert.Equal(2.25, beyond.Loss, 6);
        var saddle = Of(x => Math.Pow(x[0] - 1, 2) - Math.Pow(x[1] + 1.9, 2) + Math.Pow(x[2] - 0.5, 2))!;
        Assert.False(saddle.IsInside);
        Assert.Equal(-2.5, saddle.At[1], 6); // the far side of the saddle's ridge
        Assert.Null(Of(x => x[0] > 1.4 ? double.PositiveInfinity : x[0] * x[0]));

        static LossBasin? Of(Func<double[], double> loss) =>
            LossBasin.Of(Points, 0.5, [.. Points.Select(x => (double[])[loss(x), loss(x)])]);
    }

    [Fact]
    public void Shapes_are_checked()
    {
        Assert.Throws<ArgumentException>(() => LossBasin.Of(Points, 0.5, [[1, 1]]));
        Assert.Throws<ArgumentException>(() => LossBasin.Of(Points, 0.5, [.. Points.Select(_ => (double[])[1])]));
        Assert.Throws<ArgumentOutOfRangeException>(() => LossBasin.Design([], 1));
        Assert.Equal(1 + 6 + 8, Points.Count);
    }
}
