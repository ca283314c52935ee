using FLCrowd.Analysis.Statistics;

namespace FLCrowd.Analysis.Regret;

/// <summary>What a member gets out of a joint deviation.</summary>
/// <param name="Client">Who.</param>
/// <param name="Gain">Its payoff less its payoff in the profile.</param>
/// <param name="Threshold">The gain that counts: the tolerance times its cost in the profile.</param>
public sealed record MemberGain(int Client, PairedMean Gain, double Threshold)
{
    /// <summary>On which side of the threshold the gain is.</summary>
    public GainVerdict Verdict => Verdicts.Of(Gain.Limits, Threshold);
}

/// <summary>What a coalition gets out of a joint deviation, and what the others lose by it.</summary>
/// <param name="Coalition">The coalition.</param>
/// <param name="Total">The sum of its members' gains.</param>
/// <param name="Members">Each member's gain, in ascending order.</param>
/// <param name="Others">The mean over all other clients; null where there are none.</param>
public sealed record CoalitionGain(Coalition Coalition, PairedMean Total, IReadOnlyList<MemberGain> Members, PairedMean? Others)
{
    /// <summary>How often it was played, beside the profile.</summary>
    public int Replicates => Total.Moments.Count;

    /// <summary>The total gain that counts, in money: the sum of the members' thresholds.</summary>
    public double Threshold => Members.Sum(member => member.Threshold);

    /// <summary>The total gain, divided by the members, in money.</summary>
    public Moments PerMember => new(Replicates, Total.Moments.Mean / Members.Count, Total.Moments.StandardError / Members.Count);

    /// <summary>Whether the members gain in total, so that they could share a gain if they can pay each other.</summary>
    public GainVerdict Verdict => Verdicts.Of(Total.Limits, Threshold);

    /// <summary>Whether every member gains by itself: then the profile is no strong equilibrium (R. Aumann 1959).</summary>
    public GainVerdict Everyone => Members.All(member => member.Verdict == GainVerdict.Above) ? GainVerdict.Above
        : Members.Any(member => member.Verdict == GainVerdict.Below) ? GainVerdict.Below
        : GainVerdict.Open;

    /// <summary>Whether the total is known well enough: to be too small, or to within the threshold.</summary>
    public bool IsSettled => Verdict == GainVerdict.Below
        || (Verdict == GainVerdict.Above && Total.Limits.High - Total.Limits.Low <= 2 * Threshold);
}
