using System.Collections.Immutable;

namespace FLCrowd.Analysis.EmpiricalGames;

/// <summary>The way of a mixture under the replicator equation.</summary>
/// <param name="Points">Times and shares of the strategies, from the start to the end, closer where it moves faster; at least one.</param>
/// <param name="Rests">Whether it came to rest.</param>
public sealed record Trajectory(IReadOnlyList<(double Time, ImmutableArray<double> Mixture)> Points, bool Rests)
{
    /// <summary>The last mixture.</summary>
    public ImmutableArray<double> End => Points[^1].Mixture;
}
