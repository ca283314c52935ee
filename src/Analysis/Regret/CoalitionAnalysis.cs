using FLCrowd.Analysis.Statistics;

namespace FLCrowd.Analysis.Regret;

/// <summary>
/// What the replicates of a block say of its coalitions. With K stages and Q quantities (the total and the others' mean of every coalition,
/// and every member's gain) each limit misses with at most the probability alpha / (2 K Q): all hold together.
/// </summary>
public static class CoalitionAnalysis
{
    /// <summary>What is known of a block's coalitions so far.</summary>
    /// <param name="design">How they are measured: the stages, tolerance and confidence.</param>
    /// <param name="block">One of the design's blocks.</param>
    /// <param name="samples">Its payoffs, of all clients.</param>
    /// <returns>Gains of the coalitions that were played at least twice, in their order.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A number of the design is out of its range.</exception>
    public static IReadOnlyList<CoalitionGain> Of(RegretDesign design, RegretBlock block, BlockSamples samples)
    {
        ArgumentNullException.ThrowIfNull(design);
        ArgumentNullException.ThrowIfNull(block);
        ArgumentNullException.ThrowIfNull(samples);
        design.Check();
        int quantities = block.Coalitions.Sum(coalition => coalition.Members.Count + 2);
        double tail = (1 - design.Confidence) / 2 / design.Stages().Count / quantities;
        return [.. block.Coalitions.Where(coalition => samples.Gains(coalition, coalition.Members[0]).Length > 1).Select(Gain)];

        CoalitionGain Gain(Coalition coalition)
        {
            var members = coalition.Members.Select(client => (Client: client, Gains: samples.Gains(coalition, client))).ToList();
            var others = samples.Clients.Except(coalition.Members).Select(client => samples.Gains(coalition, client)).ToList();
            return new CoalitionGain(
                coalition,
                Mean(Sum(members.Select(member => member.Gains))),
                [.. members.Select(member => new MemberGain(
                    member.Client,
                    Mean(member.Gains),
                    design.Tolerance * samples.Profile(member.Client, 0, design.MaxReplicates).Average(entry => entry.Cost)))],
                others.Count == 0 ? null : Mean([.. Sum(others).Select(sum => sum / others.Count)]));
        }

        PairedMean Mean(double[] values) => new(Moments.Of(values), MeanLimits.Of(values, tail));
    }

    /// <summary>By replicate: the sum over clients, in their order.</summary>
    private static double[] Sum(IEnumerable<double[]> gains) =>
        gains.Aggregate((sum, next) => [.. sum.Zip(next, (one, other) => one + other)]);
}
