using System.Collections.Immutable;
using FLCrowd.Analysis.Statistics;

namespace FLCrowd.Analysis.EmpiricalGames;

/// <summary>A row of the payoff table.</summary>
/// <param name="Counts">How many clients play each strategy.</param>
/// <param name="Replicates">Its plays, by seed and draw; means over episodes. Equal keys of profiles are paired.</param>
public sealed record ProfilePayoffs(ImmutableArray<int> Counts, ImmutableSortedDictionary<(ulong Seed, int Draw), ProfilePlay> Replicates)
{
    /// <summary>What a strategy is paid, in money; it must be played.</summary>
    /// <param name="strategy">The strategy, from 0.</param>
    public Moments Payoff(int strategy) => Of(play => play.Payoffs[strategy]);

    /// <summary>A property of the plays, over replicates.</summary>
    /// <param name="value">The property.</param>
    public Moments Of(Func<ProfilePlay, double> value) => Moments.Of([.. Replicates.Values.Select(value)]);
}
