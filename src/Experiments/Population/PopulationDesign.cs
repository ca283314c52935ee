using FLCrowd.Analysis.EmpiricalGames;

namespace FLCrowd.Experiments.Population;

/// <summary>How a population experiment is carried out and read: all that its report needs besides the tables.</summary>
/// <param name="Strategies">Their names, in the order of compositions.</param>
/// <param name="Clients">N.</param>
/// <param name="Confidence">1 - alpha, of the intervals of all switches of a table together.</param>
/// <param name="Tolerance">The gain that counts, in money.</param>
/// <param name="PopulationSize">M, the individuals of the Moran process.</param>
/// <param name="Intensities">Of selection, as multiples of 1 / (the median size of a switch's gain), ascending.</param>
/// <param name="Starts">Trajectories start where shares are multiples of 1 / this.</param>
/// <param name="NfgProfiles">How many profiles of named players a Gambit file may have.</param>
/// <param name="Swept">The columns of variants and grid.</param>
internal sealed record PopulationDesign(
    IReadOnlyList<string> Strategies,
    int Clients,
    double Confidence,
    double Tolerance,
    int PopulationSize,
    IReadOnlyList<double> Intensities,
    int Starts,
    int NfgProfiles,
    IReadOnlyList<string> Swept)
{
    /// <summary>Columns of the tables behind those of variants and grid: how many clients play each strategy, and which draw of a seed it is.</summary>
    public static IReadOnlyList<string> Columns { get; } = ["profile", "draw"];

    /// <summary>What is asked of each cell's table.</summary>
    public PopulationReading Reading() => new(Confidence, Tolerance, PopulationSize, Intensities, Starts);

    /// <summary>All profiles, in their order.</summary>
    public IReadOnlyList<int[]> Profiles() => [.. Compositions.All(Clients, Strategies.Count)];
}
