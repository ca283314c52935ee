using FLCrowd.Analysis.Statistics;

namespace FLCrowd.Analysis.Regret;

/// <summary>What a search for a client's best response found.</summary>
/// <param name="Deviation">The deviation.</param>
/// <param name="Searched">Its gain in the plays by which it was chosen, in money; biased upwards.</param>
/// <param name="Fresh">Its gain in fresh replicates, in money; not biased.</param>
/// <param name="Limits">An interval for the gain, from the fresh replicates, that holds for what was found for all clients of the
/// block.</param>
/// <param name="Threshold">The gain that counts.</param>
public sealed record AttackGain(Deviation Deviation, Moments Searched, Moments Fresh, Interval Limits, double Threshold)
{
    /// <summary>On which side of the threshold the gain is.</summary>
    public GainVerdict Verdict => Verdicts.Of(Limits, Threshold);
}
