using FLCrowd.Analysis.Regret;
using FLCrowd.Experiments.Games;

namespace FLCrowd.Experiments.Regret;

/// <summary>What deviations that were played gain in expectation, where expected payoffs have a closed form.</summary>
internal static class ExpectedGains
{
    /// <summary>By the name of its block: gains as they would have been measured had every play paid its expectation, without noise of
    /// batches. Empty where the run has no expected payoffs.</summary>
    /// <param name="directory">The run's folder.</param>
    /// <param name="design">What was asked.</param>
    /// <param name="plays">What each episode was played for.</param>
    /// <exception cref="SettingException">A table is not what a run writes.</exception>
    public static IReadOnlyDictionary<RegretBlock, RegretResult> Of(
        string directory, RegretDesign design, IReadOnlyDictionary<int, RegretPlay> plays)
    {
        var samples = new RegretSamples(design);
        bool isEmpty = true;
        foreach (var row in ExpectedTable.Read(directory))
        {
            isEmpty = false;
            samples.Add(plays[row.Episode], row.Client, row.Payoff, row.Reward - row.Payoff);
        }

        return isEmpty
            ? new Dictionary<RegretBlock, RegretResult>()
            : design.Blocks.ToDictionary(block => block, block => RegretAnalysis.Of(design, block, samples.Of(block)));
    }
}
