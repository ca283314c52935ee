using System.Globalization;

namespace FLCrowd.Experiments.Dynamics;

/// <summary>How dynamics ended.</summary>
/// <param name="Kind">The kind of end.</param>
/// <param name="Reached">The profile whose stability is measured.</param>
/// <param name="Period">For a cycle: after how many revisions it comes back; 0 otherwise.</param>
/// <param name="Restless">Clients that did not do the same throughout the last revisions.</param>
internal sealed record Ending(EndingKind Kind, Profile Reached, int Period = 0, int Restless = 0)
{
    /// <summary>For people, and for the table.</summary>
    public string Text => Kind switch
    {
        EndingKind.FixedPoint => "fixed point",
        EndingKind.Cycle => string.Create(CultureInfo.InvariantCulture, $"cycle of {Period}"),
        EndingKind.Steady => string.Create(CultureInfo.InvariantCulture, $"steady, {Restless} still trying"),
        _ => string.Create(CultureInfo.InvariantCulture, $"moving, {Restless} clients"),
    };
}

/// <summary>Kinds of ends.</summary>
internal enum EndingKind
{
    /// <summary>Nobody changed any more.</summary>
    FixedPoint,

    /// <summary>The same profiles came again and again.</summary>
    Cycle,

    /// <summary>What each client does most often did not change, though some still try other actions.</summary>
    Steady,

    /// <summary>None of these within the budget.</summary>
    Moving,
}

/// <summary>Judges how clients that learn by themselves ended.</summary>
internal static class Settling
{
    /// <summary>
    /// The last <paramref name="settled"/> profiles are all equal (a fixed point); or they repeat with a period that fits into them twice (a
    /// cycle); or what each client did most often in them is what it did most often in as many before (steady); or none of these.
    /// </summary>
    /// <param name="profiles">The profile after every revision, at least one.</param>
    /// <param name="settled">How many revisions are looked at, at least 2; fewer where there are fewer.</param>
    public static Ending Of(IReadOnlyList<Profile> profiles, int settled)
    {
        settled = Math.Min(settled, profiles.Count);
        var last = profiles.Skip(profiles.Count - settled).ToList();
        var usual = MostFrequent(last);
        int restless = Enumerable.Range(0, usual.Actions.Count).Count(client => last.Any(profile => profile.Actions[client] != usual.Actions[client]));
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
    private static Profile MostFrequent(List<Profile> profiles) => new([.. Enumerable.Range(0, profiles[0].Actions.Count).Select(client => profiles
        .Select((profile, at) => (Action: profile.Actions[client], At: at))
        .GroupBy(played => played.Action)
        .MaxBy(same => (same.Count(), same.Max(played => played.At)))!.Key)]);
}
