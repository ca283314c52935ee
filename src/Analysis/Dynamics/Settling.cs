namespace FLCrowd.Analysis.Dynamics;

/// <summary>Judges how clients that learn by themselves ended.</summary>
public static class Settling
{
    /// <summary>
    /// The last <paramref name="settled"/> profiles are all equal (a fixed point); or they repeat with a period that fits into them twice
    /// (a
    /// cycle); or what each client did most often in them is what it did most often in as many before (steady); or none of these.
    /// </summary>
    /// <param name="profiles">The profile after every revision, at least one.</param>
    /// <param name="settled">How many revisions are looked at, at least 2; fewer where there are fewer.</param>
    /// <exception cref="ArgumentException">There are no profiles, or they are of different numbers of clients.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="settled"/> is below 1.</exception>
    public static Ending Of(IReadOnlyList<Profile> profiles, int settled)
    {
        ArgumentNullException.ThrowIfNull(profiles);
        ArgumentOutOfRangeException.ThrowIfLessThan(settled, 1);
        if (profiles.Count == 0 || profiles.Any(profile => profile.Actions.Count != profiles[0].Actions.Count))
        {
            throw new ArgumentException("There must be profiles, all of them of the same clients.", nameof(profiles));
        }

        settled = Math.Min(settled, profiles.Count);
        var last = profiles.Skip(profiles.Count - settled).ToList();
        var usual = MostFrequent(last);
        int restless = Enumerable.Range(0, usual.Actions.Count)
            .Count(client => last.Any(profile => profile.Actions[client] != usual.Actions[client]));
        if (restless == 0)
        {
            return new Ending(EndingKind.FixedPoint, usual);
        }

        for (int period = 2; period <= settled / 2; period++)
        {
            if (Enumerable.Range(period, settled - period).All(at => last[at].Equals(last[at - period])))
            {
                return new Ending(EndingKind.Cycle, last[^1], period, restless);
            }
        }

        var before = profiles.Skip(profiles.Count - 2 * settled).Take(settled).ToList();
        bool steady = profiles.Count >= 2 * settled && MostFrequent(before).Equals(usual);
        return new Ending(steady ? EndingKind.Steady : EndingKind.Moving, usual, 0, restless);
    }

    /// <summary>What each client did most often; of equally frequent actions the one that it did last.</summary>
    private static Profile MostFrequent(List<Profile> profiles) => new(
        Enumerable.Range(0, profiles[0].Actions.Count).Select(client => profiles
            .Select((profile, at) => (Action: profile.Actions[client], At: at))
            .GroupBy(played => played.Action)
            .MaxBy(same => (same.Count(), same.Max(played => played.At)))!.Key));
}
