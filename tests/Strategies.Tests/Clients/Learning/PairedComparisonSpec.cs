using FLCrowd.Strategies.Clients.Learning;
using MathNet.Numerics.Distributions;
using MathNet.Numerics.Statistics;

namespace FLCrowd.Strategies.Tests.Clients.Learning;

public class PairedComparisonSpec
{
    [Fact]
    public void A_candidate_noisier_than_the_earlier_ones_is_not_taken_for_better()
    {
        PairedComparison comparison;
        foreach (double last in (double[])[3, 4])
        {
            comparison = AfterQuietOnes();
            Add(comparison, 12, 9, last);
            Assert.Equal(Verdict.Open, comparison.Judge(0, 0.99, 12));
        }

        // Two pairs say nothing of the candidate's own noise, and as quiet as the earlier ones it is better at once.
        comparison = AfterQuietOnes();
        Add(comparison, 12, 6);
        Assert.Equal(Verdict.Better, comparison.Judge(0, 0.99, 12));
        comparison = AfterQuietOnes();
        Add(comparison, 12, 11.9, 12.1);
        Assert.Equal(Verdict.Better, comparison.Judge(0, 0.99, 12));
    }

    /// <summary>Student's t-test of one sample, by the library's quantile and the library's variance; one in ten of the risk before the
    /// last pair.</summary>
    [Fact]
    public void Alone_it_is_a_t_test()
    {
        for (int game = 0; game < 300; game++)
        {
            var seed = new Seed(1).For("comparison", game);
            double mean = 3 * seed.Uniform(0), tolerance = seed.Uniform(1), confidence = 0.6 + (0.39 * seed.Uniform(2));
            double[] pairs = [.. Enumerable.Range(0, 2 + seed.Index(8, 3)).Select(pair => mean + seed.For("noise").Normal(pair))];
            foreach (int maxPairs in (int[])[pairs.Length, pairs.Length + 1])
            {
                double risk = (1 - confidence) / (pairs.Length < maxPairs ? 10 : 1);
                double half = StudentT.InvCDF(0, 1, pairs.Length - 1, 1 - risk) * pairs.StandardDeviation() / Math.Sqrt(pairs.Length);
                var comparison = new PairedComparison();
                Add(comparison, pairs);
                bool isBetter = pairs.Mean() > tolerance && pairs.Mean() > half;
                bool isWorse = pairs.Mean() + half <= tolerance
                    || (pairs.Length >= 4 && pairs.Mean() <= tolerance) || pairs.Length == maxPairs;
                Assert.Equal(
                    isBetter ? Verdict.Better : isWorse ? Verdict.Worse : Verdict.Open, comparison.Judge(tolerance, confidence, maxPairs));
            }
        }
    }

    [Fact]
    public void One_pair_is_never_enough()
    {
        var comparison = new PairedComparison();
        Add(comparison, 1e9);
        Assert.Equal(Verdict.Open, comparison.Judge(0, 0.99, 12));
        comparison = AfterQuietOnes();
        Add(comparison, 1e9);
        Assert.Equal(Verdict.Open, comparison.Judge(0, 0.99, 12));
    }

    [Fact]
    public void What_gains_the_tolerance_and_no_more_is_worse()
    {
        var comparison = new PairedComparison();
        Add(comparison, 5, 5);
        Assert.Equal(Verdict.Worse, comparison.Judge(5, 0.99, 12));
        Assert.Equal(Verdict.Better, comparison.Judge(4.999, 0.99, 12));
    }

    [Fact]
    public void From_four_pairs_on_a_candidate_that_does_not_look_better_is_given_up()
    {
        var comparison = new PairedComparison();
        Add(comparison, -5, 4, -5);
        Assert.Equal(Verdict.Open, comparison.Judge(0, 0.99, 12));
        Add(comparison, 4);
        Assert.Equal(Verdict.Worse, comparison.Judge(0, 0.99, 12));
    }

    [Fact]
    public void Earlier_noise_counts_less_with_every_further_comparison()
    {
        double squares = 2, freedom = 2;
        for (int quiet = 0; quiet < 12; quiet++)
        {
            double limit = StudentT.InvCDF(0, 1, freedom + 1, 1 - 0.001) * Math.Sqrt(squares / (freedom + 1) / 2);
            Assert.Equal(Verdict.Open, OfTwoEqualPairs(0.999 * limit, quiet));
            Assert.Equal(Verdict.Better, OfTwoEqualPairs(1.001 * limit, quiet));
            (squares, freedom) = (0.9 * squares, (0.9 * freedom) + 1);
        }

        static Verdict OfTwoEqualPairs(double difference, int quiet)
        {
            var comparison = new PairedComparison();
            Close(comparison, -1, 0, 1);
            for (int i = 0; i < quiet; i++)
            {
                Close(comparison, 7, 7);
            }

            Close(comparison, 100); // one pair says nothing of noise
            Close(comparison);
            Add(comparison, difference, difference);
            return comparison.Judge(0, 0.99, 12);
        }
    }

    private static PairedComparison AfterQuietOnes()
    {
        var comparison = new PairedComparison();
        for (int i = 0; i < 10; i++)
        {
            Close(comparison, 0.5, -0.5);
        }

        return comparison;
    }

    private static void Add(PairedComparison comparison, params double[] pairs) => Array.ForEach(pairs, comparison.Add);

    private static void Close(PairedComparison comparison, params double[] pairs)
    {
        Add(comparison, pairs);
        comparison.Close();
        Assert.Equal(0, comparison.Pairs);
    }
}
