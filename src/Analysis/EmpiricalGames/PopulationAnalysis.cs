using MathNet.Numerics.Statistics;

namespace FLCrowd.Analysis.EmpiricalGames;

/// <summary>What a complete payoff table says.</summary>
/// <param name="Game">The table as a game, of mean payoffs.</param>
/// <param name="Switches">All unilateral switches.</param>
/// <param name="Profiles">Every profile's stability.</param>
/// <param name="RestPoints">Of the replicator equation.</param>
/// <param name="Trajectories">Of the replicator equation, from a grid of mixtures; and the rest point that each ends in, by its index, or
/// null.</param>
/// <param name="Evolution">By intensity, in the order asked for.</param>
public sealed record PopulationAnalysis(
    SymmetricGame Game,
    IReadOnlyList<Switch> Switches,
    IReadOnlyList<ProfileStability> Profiles,
    IReadOnlyList<RestPoint> RestPoints,
    IReadOnlyList<(Trajectory Way, int? End)> Trajectories,
    IReadOnlyList<Evolution> Evolution)
{
    /// <summary>How close the end of a trajectory is to its rest point.</summary>
    private const double Close = 0.01;

    /// <summary>Whether a table has every profile of its game.</summary>
    /// <param name="profiles">Profiles of the same clients and strategies, each once.</param>
    public static bool IsComplete(IReadOnlyList<ProfilePayoffs> profiles)
    {
        ArgumentNullException.ThrowIfNull(profiles);
        return profiles.Count > 0 && profiles.Count == Compositions.Count(profiles[0].Counts.Sum(), profiles[0].Counts.Length);
    }

    /// <summary>Reads a payoff table.</summary>
    /// <param name="profiles">Every profile, played at least once.</param>
    /// <param name="reading">What is asked of it.</param>
    /// <exception cref="ArgumentException">A profile is missing.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A number of the reading is out of its range.</exception>
    public static PopulationAnalysis Of(IReadOnlyList<ProfilePayoffs> profiles, PopulationReading reading)
    {
        ArgumentNullException.ThrowIfNull(reading);
        if (!IsComplete(profiles))
        {
            throw new ArgumentException("Nothing is said of a table that lacks profiles.", nameof(profiles));
        }

        int clients = profiles[0].Counts.Sum(), strategies = profiles[0].Counts.Length;
        reading.Check(clients, strategies);
        var table = profiles.ToDictionary(profile => Compositions.Text(profile.Counts));
        var game = new SymmetricGame(clients, strategies, (strategy, counts) => table[Compositions.Text(counts)].Payoff(strategy).Mean);
        var switches = EmpiricalGames.Switches.Of(profiles, reading.Confidence, reading.Tolerance);
        var rests = EmpiricalGames.RestPoints.Of(game);
        double scale = switches.Select(change => Math.Abs(change.Gain)).Median();
        var replicator = new Replicator(game);
        var ways = Compositions.Mixtures(reading.Starts, strategies)
            .Select(replicator.From)
            .Select(way => (way, EndOf(way, rests)));
        return new PopulationAnalysis(
            game, switches, EmpiricalGames.Switches.Stability(switches), rests, [.. ways],
            [.. reading.Intensities.Select(intensity => EmpiricalGames.Evolution.Of(game, intensity, scale, reading.PopulationSize))]);
    }

    /// <summary>The share of starts that end in a rest point, in [0, 1].</summary>
    /// <param name="rest">Its index; null: the share that ends in none.</param>
    public double Basin(int? rest) => (double)Trajectories.Count(trajectory => trajectory.End == rest) / Trajectories.Count;

    private static int? EndOf(Trajectory way, IReadOnlyList<RestPoint> rests)
    {
        if (!way.Rests)
        {
            return null;
        }

        int nearest = Enumerable.Range(0, rests.Count).MinBy(rest => EmpiricalGames.RestPoints.Apart(rests[rest].Mixture, way.End));
        return EmpiricalGames.RestPoints.Apart(rests[nearest].Mixture, way.End) <= Close ? nearest : null;
    }
}
