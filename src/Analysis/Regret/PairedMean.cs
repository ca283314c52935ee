using FLCrowd.Analysis.Statistics;

namespace FLCrowd.Analysis.Regret;

/// <summary>A mean of paired differences of payoffs, in money.</summary>
/// <param name="Moments">The mean over replicates, and its standard error.</param>
/// <param name="Limits">An interval that holds for all that is said of a block's coalitions, whenever they stopped.</param>
public sealed record PairedMean(Moments Moments, Interval Limits);
