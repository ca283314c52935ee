using FLCrowd.Analysis.Statistics;
using MathNet.Numerics.Statistics;

namespace FLCrowd.Analysis.EmpiricalGames;

/// <summary>Measures unilateral switches by paired differences: both profiles share data, terms, draws and the order of roles.</summary>
public static class Switches
{
    /// <summary>All switches of a table, by profile, in the order of strategies.</summary>
    /// <param name="profiles">Every profile of the table.</param>
    /// <param name="confidence">With which all intervals hold together (Bonferroni), in (0, 1).</param>
    /// <param name="tolerance">The gain that counts, in money.</param>
    /// <exception cref="ArgumentException">A profile that a switch leads to is missing.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="confidence"/> is out of its range.</exception>
    public static IReadOnlyList<Switch> Of(IReadOnlyList<ProfilePayoffs> profiles, double confidence, double tolerance)
    {
        ArgumentNullException.ThrowIfNull(profiles);
        if (!(confidence is > 0 and < 1))
        {
            throw new ArgumentOutOfRangeException(nameof(confidence), confidence, "must be above 0 and below 1");
        }

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
            var left = Compositions.Text(Compositions.Switch(change.Profile.Counts, change.From, change.To));
            var after = table.TryGetValue(left, out var known)
                ? known
                : throw new ArgumentException($"The profile {left} is missing.", nameof(profiles));
            double[] gains = [.. change.Profile.Replicates
                .Where(replicate => after.Replicates.ContainsKey(replicate.Key))
                .Select(replicate => after.Replicates[replicate.Key].Payoffs[change.To] - replicate.Value.Payoffs[change.From])];
            var limits = gains.Length > 1
                ? MeanLimits.Of(gains, tail)
                : new Interval(double.NegativeInfinity, double.PositiveInfinity);
            return new Switch(
                change.Profile.Counts, change.From, change.To, gains.Mean(),
                gains.Length > 1 ? MeanLimits.StandardError(gains) : double.NaN, limits, gains.Length, Verdicts.Of(limits, tolerance));
        })];
    }

    /// <summary>Every profile, in the order of its switches.</summary>
    /// <param name="switches">What <see cref="Of"/> found.</param>
    public static IReadOnlyList<ProfileStability> Stability(IReadOnlyList<Switch> switches) => [.. switches
        .GroupBy(change => Compositions.Text(change.Profile))
        .Select(profile => new ProfileStability(
            profile.First().Profile,
            profile.MaxBy(change => change.Gain)!,
            profile.Any(change => change.Verdict == GainVerdict.Above) ? GainVerdict.Above
                : profile.All(change => change.Verdict == GainVerdict.Below) ? GainVerdict.Below
                : GainVerdict.Open))];
}
