using System.Collections.Immutable;
using FLCrowd.Analysis.Statistics;

namespace FLCrowd.Analysis.EmpiricalGames;

/// <summary>One client of a profile changes from one strategy to another.</summary>
/// <param name="Profile">How many play each strategy before.</param>
/// <param name="From">Its strategy.</param>
/// <param name="To">Its strategy then.</param>
/// <param name="Gain">What the other strategy is paid after the switch less what its own is paid before, in money: mean over
/// replicates.</param>
/// <param name="StandardError">Of the gain, in money; NaN where there is one replicate.</param>
/// <param name="Limits">An interval for the gain that holds for all switches of the table at once.</param>
/// <param name="Replicates">How many replicates both profiles were played in.</param>
/// <param name="Verdict">On which side of the tolerance the gain is.</param>
public sealed record Switch(
    ImmutableArray<int> Profile, int From, int To, double Gain, double StandardError, Interval Limits, int Replicates, GainVerdict Verdict);

/// <summary>A profile, and whether one client alone would leave it.</summary>
/// <param name="Profile">How many play each strategy.</param>
/// <param name="Best">The switch with the largest mean gain.</param>
/// <param name="Verdict">Below: no switch gains more than the tolerance, a pure equilibrium. Above: some switch does. Open: not known
/// yet.</param>
public sealed record ProfileStability(ImmutableArray<int> Profile, Switch Best, GainVerdict Verdict);
