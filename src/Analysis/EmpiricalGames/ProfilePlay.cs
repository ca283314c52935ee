using System.Collections.Immutable;

namespace FLCrowd.Analysis.EmpiricalGames;

/// <summary>What came of one play of a profile.</summary>
/// <param name="Payoffs">By strategy: mean payoff of the clients that play it, in money; NaN where nobody does.</param>
/// <param name="TrainingLoss">Of the final model.</param>
/// <param name="TestLoss">Of the final model.</param>
/// <param name="Accuracy">Of the final model; NaN where there is none.</param>
/// <param name="TotalReward">What the server paid, in money.</param>
/// <param name="ServerPayoff">u_0, in money.</param>
public sealed record ProfilePlay(
    ImmutableArray<double> Payoffs, double TrainingLoss, double TestLoss, double Accuracy, double TotalReward, double ServerPayoff);
