using FLCrowd.Analysis.Statistics;

namespace FLCrowd.Analysis.Regret;

/// <summary>What a profile's deviations gain across deals: in expectation over partitions, fits and terms, not on one of them.</summary>
/// <param name="Deals">What each deal says, in order.</param>
/// <param name="Gains">Every deviation that was measured on at least two deals, in the order of clients and of the grid.</param>
/// <param name="Clients">The clients that were.</param>
public sealed record DealsResult(
    IReadOnlyList<RegretResult> Deals, IReadOnlyList<DealsGain> Gains, IReadOnlyList<DealsClient> Clients)
{
    /// <summary>The client with the best deviation of each deal, a different one maybe; null where fewer than two clients were
    /// measured.</summary>
    public DealsBest? Worst { get; init; }
}

/// <summary>What a deviation gains across deals.</summary>
/// <param name="Deviation">Who does what.</param>
/// <param name="Gain">The mean over deals, in money; its limits hold for all deviations of the profile at once.</param>
/// <param name="Threshold">The gain that counts, in money: its mean over deals.</param>
/// <param name="Verdict">Whether the expected gain is above what counts: by limits of gain less threshold, deal by deal, as far out as
/// those of the gain.</param>
public sealed record DealsGain(Deviation Deviation, TwoLevelMean Gain, double Threshold, GainVerdict Verdict);

/// <summary>What a client could gain across deals, in money.</summary>
/// <param name="Client">The client, as of the first deal.</param>
/// <param name="Fixed">The deviation with the largest mean gain over deals, also where that is negative.</param>
/// <param name="FixedLimits">An interval for the expected gain of the best deviation that is the same on all deals, or 0: the regret of who
/// chooses before the deal. Holds for all clients at once.</param>
/// <param name="Best">What the best deviation of each deal gains.</param>
public sealed record DealsClient(RegretClient Client, DealsGain Fixed, Interval FixedLimits, DealsBest Best);

/// <summary>
/// The expectation over deals of what the best deviation of each gains, among those that change the payoff, in money. It is not clipped
/// at 0 as the regret of a deal is: a few deals say little of the expected regret where that comes from rare deals. It is a lower bound
/// of it.
/// </summary>
/// <param name="Gain">Over deals, of the largest mean gains: expected to be too large, as the largest of noisy means is.</param>
/// <param name="Fresh">Over deals, of what these deviations gain in replicates that had no part in choosing them: expected to be at most
/// the truth. Null where not every deal has them.</param>
/// <param name="Limits">An interval for the expectation: its upper end is the limit of the largest mean gains, its lower end that of the
/// fresh ones (W. Mak, D. Morton and K. Wood, Monte Carlo bounding techniques for determining solution quality in stochastic programs,
/// Operations Research Letters 24, 1999), or of a deviation that is the same on all deals, whichever says more. Holds for all clients of
/// the profile, and for the worst, at once.</param>
/// <param name="Above">On how many deals a regret was above what counts for certain.</param>
/// <param name="Verdict">Whether the expectation is above what counts: by the same limits of gains less thresholds.</param>
public sealed record DealsBest(Moments Gain, TwoLevelMean? Fresh, Interval Limits, int Above, GainVerdict Verdict);
