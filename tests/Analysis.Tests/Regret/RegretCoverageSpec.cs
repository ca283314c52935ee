using FLCrowd.Analysis.Regret;
using FLCrowd.Analysis.Statistics;
using MathNet.Numerics.Distributions;

namespace FLCrowd.Analysis.Tests.Regret;

/// <summary>Whether the truth is in the intervals as often as they claim, over many simulated experiments.</summary>
public sealed class RegretCoverageSpec
{
    private const int Experiments = 400;

    private static readonly RegretDesign Design = new(
        Confidence: 0.95, Tolerance: 0.1, Replicates: 16, MaxReplicates: 128, Efforts: [0, 1], BatchFactors: [0.5, 1], Gammas: [0, 1, 2],
        Blocks: [new RegretBlock("", [], [new RegretClient(0, 1), new RegretClient(1, 1)])]);

    /// <summary>Draws of mean 0 and variance about 1.</summary>
    private static readonly Dictionary<string, Func<Seed, int, double>> Noises = new()
    {
        ["normal"] = (seed, draw) => seed.Normal(draw),
        ["exponential"] = (seed, draw) => -Math.Log(1 - seed.Uniform(draw)) - 1,
        ["exponential losses"] = (seed, draw) => 1 + Math.Log(1 - seed.Uniform(draw)),
        ["heavy tails"] = (seed, draw) => Student3(seed.For("t"), draw),
        ["log-normal"] = (seed, draw) => (Math.Exp(0.8 * seed.Normal(draw)) - Math.Exp(0.32)) / 1.3,
    };

    public static TheoryData<string> Shapes => [.. Noises.Keys];

    [Theory]
    [MemberData(nameof(Shapes))]
    public void Intervals_hold_together_at_the_end_of_all_stages(string shape)
    {
        int deviations = 0, regrets = 0;
        double length = 0, errors = 0;
        for (int experiment = 0; experiment < Experiments; experiment++)
        {
            var result = Simulate(Noises[shape], new Seed(11).For(shape, experiment), out _);
            deviations += result.Gains.All(gain => gain.Limits.Contains(Mean(gain.Deviation))) ? 1 : 0;
            regrets += result.Clients.All(client => client.Limits.Contains(TrueRegret(client.Client.Client))) ? 1 : 0;
            length += result.Clients[0].Limits.High - TrueRegret(0);
            errors += result.Clients[0].Best.StandardError;
        }

        // 95 % less 2.6 standard errors of the simulation.
        const double Least = 0.95 - 2.6 * 0.0109;
        Assert.True(deviations / (double)Experiments >= Least, $"{deviations} of {Experiments} for all deviations");
        Assert.True(regrets / (double)Experiments >= Least, $"{regrets} of {Experiments} for regrets");

        // Bad deviations are a hundred times as noisy as the best one: the limit does not come from them.
        Assert.True(length / errors < 8, $"the upper limit is {length / errors} standard errors above the regret");
    }

    [Fact]
    public void Where_nothing_pays_bad_deviations_are_played_once_and_the_limit_is_below_what_counts()
    {
        var result = Simulate(Noises["normal"], new Seed(3), out int games);
        Assert.Equal(GainVerdict.Below, result.Clients[1].Verdict);
        Assert.True(result.Clients[1].Limits.High <= result.Clients[1].Best.Threshold);
        Assert.All(result.Gains.Where(gain => Mean(gain.Deviation) < -100), gain => Assert.Equal(Design.Replicates, gain.Replicates));
        Assert.True(games < Design.MaxReplicates * result.Gains.Count / 2, $"{games} games");
    }

    [Fact]
    public void Fresh_replicates_have_no_part_in_the_choice_and_no_bias_from_it()
    {
        // Equal deviations: the best mean is above what it estimates, the fresh one around it.
        var design = Design with { MaxReplicates = 16 };
        double best = 0, fresh = 0;
        for (int experiment = 0; experiment < Experiments; experiment++)
        {
            var seed = new Seed(5).For("equal", experiment);
            var samples = new BlockSamples(design.Blocks[0]);
            Play(samples, seed, 0, 32, design.Deviations(design.Blocks[0]), (deviation, draws, replicate) => draws.Normal(replicate));
            var client = RegretAnalysis.Of(design, design.Blocks[0], samples).Clients[0];
            best += client.Best.Mean / Experiments;
            fresh += client.Fresh!.Value.Mean / Experiments;
        }

        Assert.InRange(best, 0.3, 0.6);
        Assert.InRange(fresh, -3 * 0.25 / Math.Sqrt(Experiments), 3 * 0.25 / Math.Sqrt(Experiments));
    }

    [Fact]
    public void Limits_of_skewed_means_miss_less_often_than_students()
    {
        const int Draws = 4000, Count = 16;
        const double Tail = 0.01;
        int missed = 0, student = 0;
        double quantile = StudentT.InvCDF(0, 1, Count - 1, 1 - Tail);
        for (int draw = 0; draw < Draws; draw++)
        {
            var seed = new Seed(9).For("sample", draw);
            double[] values = [.. Enumerable.Range(0, Count).Select(k => Noises["exponential"](seed, k))];
            missed += MeanLimits.Of(values, Tail).High < 0 ? 1 : 0;
            student += values.Average() + quantile * MeanLimits.StandardError(values) < 0 ? 1 : 0;
        }

        Assert.True(student > 3 * Tail * Draws, $"Student's limit misses {student} times");
        Assert.True(missed < 2 * Tail * Draws, $"the limit misses {missed} times");
    }

    [Theory]
    [InlineData(0, 10, 0, 0.3085)]
    [InlineData(3, 10, 0.0667, 0.6525)]
    [InlineData(10, 10, 0.6915, 1)]
    public void Shares_have_the_interval_of_Clopper_and_Pearson(int successes, int draws, double low, double high)
    {
        var limits = MeanLimits.OfShare(successes, draws, 0.025);
        Assert.Equal(low, limits.Low, 4);
        Assert.Equal(high, limits.High, 4);
    }

    /// <summary>Stage by stage, as the program plays it.</summary>
    private static RegretResult Simulate(Func<Seed, int, double> noise, Seed seed, out int games)
    {
        var block = Design.Blocks[0];
        var samples = new BlockSamples(block);
        var result = new RegretResult(block, [], []);
        int done = games = 0;
        foreach (int replicates in Design.Stages())
        {
            var open = done == 0
                ? Design.Deviations(block)
                : [.. result.Gains.Where(gain => !gain.IsSettled).Select(gain => gain.Deviation)];
            Play(samples, seed, done, replicates, open, (deviation, draws, replicate) =>
                Mean(deviation) + Deviation(deviation) * (0.5 * noise(seed.For("common"), replicate) + 0.8 * noise(draws, replicate)));
            games += open.Count * (replicates - done);
            result = RegretAnalysis.Of(Design, block, samples);
            done = replicates;
        }

        return result;
    }

    private static void Play(
        BlockSamples samples, Seed seed, int from, int to, IReadOnlyList<Deviation> deviations, Func<Deviation, Seed, int, double> gain)
    {
        for (int replicate = from; replicate < to; replicate++)
        {
            foreach (int client in (int[])[0, 1])
            {
                samples.AddProfile(client, replicate, 5, 26);
            }

            foreach (var deviation in deviations)
            {
                var draws = seed.For(
                    "own", deviation.Client, (int)(2 * deviation.Effort), (int)(2 * deviation.BatchFactor), (int)deviation.Gamma);
                samples.AddDeviation(deviation, replicate, 5 + gain(deviation, draws, replicate));
            }
        }
    }

    /// <summary>Shirking is bad and noisy; client 0 gains by gamma 2, and nearly as much with half the batch; client 1 by
    /// nothing.</summary>
    private static double Mean(Deviation deviation) => deviation.Effort == 0
        ? -5000
        : (deviation.Gamma - 1) * (deviation.Client == 0 ? 4 : -2) - (deviation.BatchFactor == 1 ? 0 : 0.5);

    private static double Deviation(Deviation deviation) => deviation.Effort == 0 ? 600 : 2 + deviation.Gamma;

    private static double TrueRegret(int client) =>
        Math.Max(0, Design.Deviations(Design.Blocks[0]).Where(deviation => deviation.Client == client).Max(Mean));

    private static double Student3(Seed seed, int draw)
    {
        double square = Enumerable.Range(0, 3).Sum(k => Math.Pow(seed.For("square", k).Normal(draw), 2));
        return seed.Normal(draw) / Math.Sqrt(square / 3) / Math.Sqrt(3);
    }
}
