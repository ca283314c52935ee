using FLCrowd.Experiments.Tables;

namespace FLCrowd.Experiments.Population;

/// <summary>What came of one play of a profile.</summary>
/// <param name="Payoffs">Mean payoff of the clients of each strategy, in money; NaN where nobody plays it.</param>
/// <param name="TrainingLoss">Of the final model.</param>
/// <param name="TestLoss">Of the final model.</param>
/// <param name="Accuracy">Of the final model; NaN where there is none.</param>
/// <param name="TotalReward">What the server paid, in money.</param>
/// <param name="ServerPayoff">u_0, in money.</param>
internal sealed record ProfilePlay(double[] Payoffs, double TrainingLoss, double TestLoss, double Accuracy, double TotalReward, double ServerPayoff);

/// <summary>A row of the payoff table.</summary>
/// <param name="Counts">How many clients play each strategy.</param>
/// <param name="Replicates">Its plays, by seed and draw; means over episodes. Equal keys of profiles are paired.</param>
internal sealed record ProfilePayoffs(int[] Counts, SortedDictionary<(ulong Seed, int Draw), ProfilePlay> Replicates)
{
    /// <summary>What a strategy is paid; it must be played.</summary>
    public Moments Payoff(int strategy) => Of(play => play.Payoffs[strategy]);

    /// <summary>A property of the plays.</summary>
    public Moments Of(Func<ProfilePlay, double> value) => Moments.Of([.. Replicates.Values.Select(value)]);
}
