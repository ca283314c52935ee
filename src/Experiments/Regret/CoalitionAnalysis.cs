using FLCrowd.Experiments.Tables;

namespace FLCrowd.Experiments.Regret;

/// <summary>A mean of paired differences of payoffs, in money.</summary>
/// <param name="Moments">The mean over replicates, and its standard error.</param>
/// <param name="Limits">An interval that holds for all that is said of a block's coalitions, whenever they stopped.</param>
internal sealed record PairedMean(Moments Moments, Interval Limits);

/// <summary>What a member gets out of a joint deviation.</summary>
/// <param name="Client">Who.</param>
/// <param name="Gain">Its payoff less its payoff in the profile.</param>
/// <param name="Threshold">The gain that counts: the tolerance times its cost in the profile.</param>
internal sealed record MemberGain(int Client, PairedMean Gain, double Threshold)
{
    public GainVerdict Verdict => Verdicts.Of(Gain.Limits, Threshold);
}

/// <summary>What a coalition gets out of a joint deviation, and what the others lose by it.</summary>
/// <param name="Coalition">The coalition.</param>
/// <param name="Total">The sum of its members' gains.</param>
/// <param name="Members">Each member's gain, in ascending order.</param>
/// <param name="Others">The mean over all other clients; null where there are none.</param>
internal sealed record CoalitionGain(Coalition Coalition, PairedMean Total, IReadOnlyList<MemberGain> Members, PairedMean? Others)
{
    public int Replicates => Total.Moments.Count;

    /// <summary>The total gain that counts.</summary>
    public double Threshold => Members.Sum(member => member.Threshold);

    public Moments PerMember => new(Replicates, Total.Moments.Mean / Members.Count, Total.Moments.StandardError / Members.Count);

    /// <summary>Whether the members gain in total, so that they could share a gain if they can pay each other.</summary>
    public GainVerdict Verdict => Verdicts.Of(Total.Limits, Threshold);

    /// <summary>Whether every member gains by itself: then the profile is no strong equilibrium (Aumann 1959).</summary>
    public GainVerdict Everyone => Members.All(member => member.Verdict == GainVerdict.Above) ? GainVerdict.Above
        : Members.Any(member => member.Verdict == GainVerdict.Below) ? GainVerdict.Below
        : GainVerdict.Open;

    /// <summary>Whether the total is known well enough: to be too small, or to within the threshold.</summary>
    public bool IsSettled => Verdict == GainVerdict.Below || (Verdict == GainVerdict.Above && Total.Limits.High - Total.Limits.Low <= 2 * Threshold);
}

/// <summary>
/// What the replicates of a block say of its coalitions. With K stages and Q quantities (the total and the others' mean of every coalition,
/// and every member's gain) each limit misses with at most the probability alpha / (2 K Q): all hold together.
/// </summary>
internal static class CoalitionAnalysis
{
    public static IReadOnlyList<CoalitionGain> Of(RegretDesign design, RegretBlock block, BlockSamples samples)
    {
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
    private static double[] Sum(IEnumerable<double[]> gains) => gains.Aggregate((sum, next) => [.. sum.Zip(next, (one, other) => one + other)]);
}
