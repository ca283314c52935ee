using MathNet.Numerics.Distributions;
using MathNet.Numerics.Statistics;

namespace FLCrowd.Abstractions.Tests.Randomness;

/// <summary>The draws have the distribution that they claim. Seeds are fixed: a test passes always or never.</summary>
public class SeedDistributionSpec
{
    private const int Draws = 100_000;

    private static IEnumerable<Seed> Seeds { get; } = [new(0), new(1), new Seed(1).For("batch", 3, 5), new(ulong.MaxValue)];

    [Fact]
    public void Uniform_is_uniform()
    {
        foreach (var seed in Seeds)
        {
            AssertUniform(100, draw => (int)(seed.Uniform(draw) * 100));
        }
    }

    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(10)]
    [InlineData(1000)]
    public void Index_is_unbiased(int count)
    {
        foreach (var seed in Seeds)
        {
            AssertUniform(count, draw => seed.Index(count, draw));
        }
    }

    [Fact]
    public void First_draws_of_many_seeds_are_uniform_too() =>
        AssertUniform(100, client => new Seed(1).For("labels", 0, client).Index(100, 0));

    [Fact]
    public void Normal_has_the_moments_of_a_standard_normal()
    {
        foreach (var seed in Seeds)
        {
            var statistics = new DescriptiveStatistics(Enumerable.Range(0, Draws).Select(seed.Normal));
            double deviation = 4 / Math.Sqrt(Draws);
            Assert.InRange(statistics.Mean, -deviation, deviation);
            Assert.InRange(statistics.Variance, 1 - deviation * Math.Sqrt(2), 1 + deviation * Math.Sqrt(2));
            Assert.InRange(statistics.Skewness, -deviation * Math.Sqrt(6), deviation * Math.Sqrt(6));
            Assert.InRange(statistics.Kurtosis, -deviation * Math.Sqrt(24), deviation * Math.Sqrt(24));
        }
    }

    [Fact]
    public void Normal_has_the_distribution_of_a_standard_normal()
    {
        foreach (var seed in Seeds)
        {
            AssertUniform(100, draw => (int)(Normal.CDF(0, 1, seed.Normal(draw)) * 100));
        }
    }

    [Fact]
    public void Normal_does_not_follow_the_uniform_draws_of_the_same_seed()
    {
        var seed = new Seed(1);
        double correlation = Correlation.Pearson(
            Enumerable.Range(0, Draws).Select(seed.Normal), Enumerable.Range(0, Draws).Select(seed.Uniform));
        Assert.InRange(correlation, -4 / Math.Sqrt(Draws), 4 / Math.Sqrt(Draws));
    }

    /// <summary>Pearson's chi-square test at one in ten thousand.</summary>
    private static void AssertUniform(int cells, Func<int, int> cell)
    {
        var counts = new int[cells];
        for (int draw = 0; draw < Draws; draw++)
        {
            counts[cell(draw)]++;
        }

        double expected = (double)Draws / cells;
        double chiSquare = counts.Sum(count => (count - expected) * (count - expected) / expected);
        Assert.InRange(chiSquare, ChiSquared.InvCDF(cells - 1, 1e-4), ChiSquared.InvCDF(cells - 1, 1 - 1e-4));
    }
}
