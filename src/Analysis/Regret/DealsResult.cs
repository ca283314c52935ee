using FLCrowd.Analysis.Statistics;

namespace FLCrowd.Analysis.Regret;

/// <summary>What a profile's deviations gain across deals: in expectation over partitions, fits and terms, not on one of them.</summary>
/// <param name="Deals">What each deal says, in order.</param>
/// <param name="Gains">Every deviation that was measured on at least two deals, in the order of clients and of the grid.</param>
/// <param name="Clients">The clients that were.</param>
public sealed record DealsResult(
    IReadOnlyList<RegretResult> Deals, IReadOnlyList<DealsGain> Gains, IReadOnlyList<DealsClient> Clients)
{
    /// <summary>The client with the largest regret of each deal, a different one maybe; null where fewer than two clients were
    /// measured.</summary>
    public DealsRegret? Worst { get; init; }
}

/// <summary>What a deviation gains across deals.</summary>
/// <param name="Deviation">Who does what.</param>
/// <param name="Gain">The mean over deals, in money; its limits hold for all deviations of the profile at once.</param>
/// <param name="Threshold">The gain that counts, in money: its mean over deals.</param>
/// <param name="Verdict">Whether the expected gain is above what counts: by limits of gain less threshold, deal by deal, as far out as those
/// of the gain.</param>
public sealed record DealsGain(Deviation Deviation, TwoLevelMean Gain, double Threshold, GainVerdict Verdict);

/// <summary>What a client could gain across deals, in money.</summary>
/// <param name="Client">The client, as of the first deal.</param>
/// <param name="Best">The deviation with the largest mean gain over deals, also where that is negative.</param>
/// <param name="FixedLimits">An interval for the gain of the best deviation that is the same on all deals, or 0; holds for all clients.</param>
/// <param name="Regret">Of the best deviation of each deal.</param>
public sealed record DealsClient(RegretClient Client, DealsGain Best, Interval FixedLimits, DealsRegret Regret);

/// <summary>The expectation over deals of a deal's regret: the best deviation may be another one on every deal.</summary>
/// <param name="Regret">Over deals, of the measured regrets: expected to be above the true one, as the largest of noisy means is.</param>
/// <param name="Fresh">Over deals, of what the deviations that were chosen gain in fresh replicates, each on its deal: expected to be at most
/// the regret. Null where there are none.</param>
/// <param name="Limits">An interval for the expected regret, from 0 on: its lower end is the limit of what the chosen deviations gain, its
/// upper end that of the measured regrets, and at least the mean of the deals' own (W. Mak, D. Morton and K. Wood, Monte Carlo bounding techniques for determining solution quality in
/// stochastic programs, Operations Research Letters 24, 1999). Holds for all clients of the profile, and for the worst, at once.</param>
/// <param name="Verdict">Whether it is above what counts: by the limits of both less the thresholds.</param>
public sealed record DealsRegret(Moments Regret, TwoLevelMean? Fresh, Interval Limits, GainVerdict Verdict);
