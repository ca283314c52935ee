namespace FLCrowd.Analysis.Statistics;

/// <summary>Payoffs near 0.</summary>
public static class Payoff
{
    /// <summary>What sums that are equal may differ by, relatively.</summary>
    private const double Rounding = 1e-9;

    /// <summary>Whether a reward does not cover a cost. Pay that covers it exactly, as LCEME's does by its surrogate, rounds to either
    /// side of
    /// it.</summary>
    /// <param name="reward">r, in money.</param>
    /// <param name="cost">What the action cost, in money.</param>
    public static bool IsLoss(double reward, double cost) => reward - cost < -Rounding * (Math.Abs(reward) + Math.Abs(cost));
}
