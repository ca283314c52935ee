using MathNet.Numerics.Statistics;

namespace FLCrowd.Experiments.Population;

/// <summary>What a complete payoff table says.</summary>
/// <param name="Game">The table as a game, of mean payoffs.</param>
/// <param name="Switches">All unilateral switches.</param>
/// <param name="Profiles">Every profile's stability.</param>
/// <param name="RestPoints">Of the replicator equation.</param>
/// <param name="Trajectories">Of the replicator equation, from a grid of mixtures; and the rest point that each ends in, by its index, or null.</param>
/// <param name="Evolution">By intensity, ascending.</param>
internal sealed record PopulationAnalysis(
    SymmetricGame Game,
    IReadOnlyList<Switch> Switches,
    IReadOnlyList<ProfileStability> Profiles,
    IReadOnlyList<RestPoint> RestPoints,
    IReadOnlyList<(Trajectory Way, int? End)> Trajectories,
    IReadOnlyList<Evolution> Evolution)
{
    /// <summary>How close the end of a trajectory is to its rest point.</summary>
    private const double Close = 0.01;

    /// <param name="design">How the table is read.</param>
    /// <param name="profiles">Every profile, played at least once.</param>
    public static PopulationAnalysis Of(PopulationDesign design, IReadOnlyList<ProfilePayoffs> profiles)
    {
        var table = profiles.ToDictionary(profile => Compositions.Text(profile.Counts));
        var game = new SymmetricGame(
            design.Clients, design.Strategies.Count, (strategy, counts) => table[Compositions.Text(counts)].Payoff(strategy).Mean);
        var switches = Population.Switches.Of(profiles, design.Confidence, design.Tolerance);
        var rests = Population.RestPoints.Of(game);
        double scale = switches.Select(change => Math.Abs(change.Gain)).Median();
        var replicator = new Replicator(game);
        var ways = Compositions.Mixtures(design.Starts, design.Strategies.Count)
            .Select(replicator.From)
            .Select(way => (way, EndOf(way, rests)));
        return new PopulationAnalysis(
            game, switches, Population.Switches.Stability(switches), rests, [.. ways],
            [.. design.Intensities.Select(intensity => Population.Evolution.Of(game, intensity, scale, design.PopulationSize))]);
    }

    /// <summary>The share of starts that end in a rest point; null: that end in none.</summary>
    public double Basin(int? rest) => (double)Trajectories.Count(trajectory => trajectory.End == rest) / Trajectories.Count;

    private static int? EndOf(Trajectory way, IReadOnlyList<RestPoint> rests)
    {
        if (!way.Rests)
        {
            return null;
        }

        int nearest = Enumerable.Range(0, rests.Count).MinBy(rest => Population.RestPoints.Apart(rests[rest].Mixture, way.End));
        return Population.RestPoints.Apart(rests[nearest].Mixture, way.End) <= Close ? nearest : null;
    }
}

/// <summary>Evolution of a finite population under selection of one intensity.</summary>
/// <param name="Intensity">As a multiple of 1 / (the median size of a switch's gain).</param>
/// <param name="Fixation">The probability that one mutant (first index) takes over residents (second index); NaN on the diagonal.</param>
/// <param name="Rank">Alpha-rank: the share of time that all play each strategy.</param>
internal sealed record Evolution(double Intensity, double[][] Fixation, double[] Rank)
{
    /// <summary>Per unit of money: beyond it, products with payoffs are no numbers.</summary>
    private const double Strongest = 1e200;

    public static Evolution Of(SymmetricGame game, double intensity, double scale, int population)
    {
        double perMoney = scale > 0 ? Math.Min(intensity / scale, Strongest) : 0;
        var strategies = Enumerable.Range(0, game.Strategies).ToList();
        return new Evolution(
            intensity,
            [.. strategies.Select(mutant => strategies
                .Select(resident => mutant == resident ? double.NaN : Moran.Fixation(game, mutant, resident, perMoney, population)).ToArray())],
            AlphaRank.Of(game, perMoney, population));
    }
}
