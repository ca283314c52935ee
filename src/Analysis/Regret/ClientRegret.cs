using FLCrowd.Analysis.Statistics;

namespace FLCrowd.Analysis.Regret;

/// <summary>What a client could gain at most, as far as the grid of deviations goes, and what it gets in the profile, in money.</summary>
/// <param name="Client">The client.</param>
/// <param name="Best">The deviation with the largest mean gain, also where that is negative.</param>
/// <param name="Fresh">The same deviation's gain in replicates that had no part in choosing it, so without the winner's curse; null
/// before they
/// are played.</param>
/// <param name="Limits">An interval for the regret that holds for all clients of the block; from 0 on, as nobody must deviate.</param>
/// <param name="Payoff">Its payoff in the profile, in money.</param>
/// <param name="PayoffLimits">An interval for the expected payoff, of this client alone.</param>
/// <param name="Losses">The share of replicates in which the payoff is negative, in [0, 1].</param>
/// <param name="LossLimits">An interval for that probability, of this client alone.</param>
/// <param name="Cost">Its mean cost in the profile, in money.</param>
public sealed record ClientRegret(
    RegretClient Client,
    DeviationGain Best,
    Moments? Fresh,
    Interval Limits,
    Moments Payoff,
    Interval PayoffLimits,
    double Losses,
    Interval LossLimits,
    double Cost)
{
    /// <summary>The larger of the best mean gain and 0.</summary>
    public double Regret => Math.Max(0, Best.Mean);

    /// <summary>Whether the client would deviate: on which side of the best deviation's threshold the regret is.</summary>
    public GainVerdict Verdict => Verdicts.Of(Limits, Best.Threshold);
}
