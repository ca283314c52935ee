using FLCrowd.Experiments.Regret;
using FLCrowd.Experiments.Tables;
using MathNet.Numerics.Statistics;

namespace FLCrowd.Experiments.Population;

/// <summary>One client of a profile changes from one strategy to another.</summary>
/// <param name="Profile">How many play each strategy before.</param>
/// <param name="From">Its strategy.</param>
/// <param name="To">Its strategy then.</param>
/// <param name="Gain">What the other strategy is paid after the switch less what its own is paid before, in money: mean over replicates.</param>
/// <param name="StandardError">Of the gain; NaN where there is one replicate.</param>
/// <param name="Limits">An interval for the gain that holds for all switches of the table at once.</param>
/// <param name="Replicates">How many replicates both profiles were played in.</param>
/// <param name="Verdict">On which side of the tolerance the gain is.</param>
internal sealed record Switch(int[] Profile, int From, int To, double Gain, double StandardError, Interval Limits, int Replicates, GainVerdict Verdict);

/// <summary>A profile, and whether one client alone would leave it.</summary>
/// <param name="Profile">How many play each strategy.</param>
/// <param name="Best">The switch with the largest mean gain.</param>
/// <param name="Verdict">Below: no switch gains more than the tolerance, a pure equilibrium. Above: some switch does. Open: not known yet.</param>
internal sealed record ProfileStability(int[] Profile, Switch Best, GainVerdict Verdict);

/// <summary>Measures unilateral switches by paired differences: both profiles share data, terms, draws and the order of roles.</summary>
internal static class Switches
{
    /// <param name="profiles">Every profile of the table.</param>
    /// <param name="confidence">With which all intervals hold together (Bonferroni), in (0, 1).</param>
    /// <param name="tolerance">The gain that counts, in money.</param>
    public static IReadOnlyList<Switch> Of(IReadOnlyList<ProfilePayoffs> profiles, double confidence, double tolerance)
    {
        var table = profiles.ToDictionary(profile => Compositions.Text(profile.Counts));
        var all = (from profile in profiles
                   from own in Enumerable.Range(0, profile.Counts.Length)
                   where profile.Counts[own] > 0
                   from other in Enumerable.Range(0, profile.Counts.Length)
                   where other != own
                   select (Profile: profile, From: own, To: other)).ToList();
        double tail = (1 - confidence) / 2 / all.Count;
        return [.. all.Select(change =>
        {
            var after = table[Compositions.Text(Compositions.Switch(change.Profile.Counts, change.From, change.To))];
            double[] gains = [.. change.Profile.Replicates
                .Where(replicate => after.Replicates.ContainsKey(replicate.Key))
                .Select(replicate => after.Replicates[replicate.Key].Payoffs[change.To] - replicate.Value.Payoffs[change.From])];
            var limits = gains.Length > 1 ? MeanLimits.Of(gains, tail) : new Interval(double.NegativeInfinity, double.PositiveInfinity);
            return new Switch(
                change.Profile.Counts, change.From, change.To, gains.Mean(), gains.Length > 1 ? MeanLimits.StandardError(gains) : double.NaN, limits,
                gains.Length, Verdicts.Of(limits, tolerance));
        })];
    }

    /// <summary>Every profile, in the order of its switches.</summary>
    public static IReadOnlyList<ProfileStability> Stability(IReadOnlyList<Switch> switches) => [.. switches
        .GroupBy(change => Compositions.Text(change.Profile))
        .Select(profile => new ProfileStability(
            profile.First().Profile,
            profile.MaxBy(change => change.Gain)!,
            profile.Any(change => change.Verdict == GainVerdict.Above) ? GainVerdict.Above
                : profile.All(change => change.Verdict == GainVerdict.Below) ? GainVerdict.Below
                : GainVerdict.Open))];
}
