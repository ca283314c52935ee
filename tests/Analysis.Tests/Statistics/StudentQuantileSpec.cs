using FLCrowd.Analysis.Statistics;
using MathNet.Numerics;

namespace FLCrowd.Analysis.Tests.Statistics;

/// <summary>Intervals that hold together for a thousand means, of two draws each, need quantiles far out.</summary>
public sealed class StudentQuantileSpec
{
    public static TheoryData<double, double> FarOut
    {
        get
        {
            var data = new TheoryData<double, double>();
            foreach (double freedom in (double[])[1, 1.5, 2, 3, 5, 9, 29, 1000])
            {
                foreach (double tail in (double[])[0.5, 0.4, 0.025, 1e-3, 1e-5, 1e-6, 9e-7, 1e-9, 1e-12, 1e-15])
                {
                    data.Add(freedom, tail);
                }
            }

            return data;
        }
    }

    [Theory]
    [MemberData(nameof(FarOut))]
    public void It_is_exceeded_as_often_as_it_says(double freedom, double tail)
    {
        double quantile = StudentQuantile.Above(freedom, tail);
        double exceeded = SpecialFunctions.BetaRegularized(freedom / 2, 0.5, freedom / (freedom + quantile * quantile)) / 2;
        Assert.Equal(1, exceeded / tail, 1e-5);
    }

    [Theory]
    [InlineData(1e-2)]
    [InlineData(1e-5)]
    [InlineData(1e-12)]
    [InlineData(1e-100)]
    public void One_and_two_degrees_of_freedom_have_closed_forms(double tail)
    {
        Assert.Equal(1, StudentQuantile.Above(1, tail) * Math.Tan(Math.PI * tail), 1e-6);
        Assert.Equal(1, StudentQuantile.Above(2, tail) / ((1 - 2 * tail) / Math.Sqrt(2 * tail * (1 - tail))), 1e-6);
    }

    [Fact]
    public void What_is_larger_than_any_number_is_infinite() =>
        Assert.Equal(double.PositiveInfinity, StudentQuantile.Above(0.1, 1e-100));

    [Theory]
    [InlineData(0, 0.1)]
    [InlineData(double.NaN, 0.1)]
    [InlineData(3, 0)]
    [InlineData(3, 0.6)]
    public void What_has_no_quantile_is_refused(double freedom, double tail) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => StudentQuantile.Above(freedom, tail));

    [Theory]
    [InlineData(0.01)]
    [InlineData(1e-6)]
    [InlineData(1e-9)]
    public void The_limits_of_a_share_miss_it_as_often_as_they_say(double tail)
    {
        // Clopper and Pearson: at its upper limit a share has so few successes with the probability given, and likewise below.
        foreach (int successes in (int[])[0, 1, 5, 19, 20])
        {
            var limits = MeanLimits.OfShare(successes, 20, tail);
            Assert.True(successes == 20 || Math.Abs(Below(limits.High, successes) / tail - 1) < 1e-2, $"{successes}: {limits}");
            Assert.True(successes == 0 || Math.Abs((1 - Below(limits.Low, successes - 1)) / tail - 1) < 1e-2, $"{successes}: {limits}");
        }

        static double Below(double share, int successes) => MathNet.Numerics.Distributions.Binomial.CDF(share, 20, successes);
    }
}
