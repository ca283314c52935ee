using FLCrowd.Analysis.Statistics;

namespace FLCrowd.Analysis.Regret;

/// <summary>A measured gain, in money.</summary>
/// <param name="Deviation">The deviation.</param>
/// <param name="Replicates">How often it was played, beside the profile.</param>
/// <param name="Mean">Mean over replicates of the deviator's payoff less its payoff in the profile.</param>
/// <param name="StandardError">Of the mean.</param>
/// <param name="Limits">An interval that holds for all deviations of the block, whenever they stopped.</param>
/// <param name="RegretLimit">The upper limit that the client's regret has from this deviation: closer, as it is not one for all
/// deviations.</param>
/// <param name="Threshold">The gain that counts: the tolerance times the client's cost in the profile.</param>
/// <param name="IsSettled">Whether playing it on would answer nothing.</param>
public sealed record DeviationGain(
    Deviation Deviation,
    int Replicates,
    double Mean,
    double StandardError,
    Interval Limits,
    double RegretLimit,
    double Threshold,
    bool IsSettled)
{
    /// <summary>On which side of the threshold the gain is.</summary>
    public GainVerdict Verdict => Verdicts.Of(Limits, Threshold);
}
