using System.Collections.Immutable;

namespace FLCrowd.Analysis.EmpiricalGames;

/// <summary>Where the replicator equation stands still.</summary>
/// <param name="Mixture">Shares of the strategies, of sum 1.</param>
/// <param name="Payoff">What everybody gets there, in money.</param>
/// <param name="Stability">What becomes of small perturbations.</param>
public sealed record RestPoint(ImmutableArray<double> Mixture, double Payoff, Stability Stability);

/// <summary>What becomes of small perturbations of a rest point.</summary>
public enum Stability
{
    /// <summary>They die out.</summary>
    Stable,

    /// <summary>Some grow.</summary>
    Unstable,

    /// <summary>The linear approximation does not say: they may circle, or stay.</summary>
    Neutral,
}
