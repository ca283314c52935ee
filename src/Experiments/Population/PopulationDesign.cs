using FLCrowd.Actors.Tables;
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
    /// <summary>How many clients play each strategy.</summary>
    public static readonly Column<string> Profile =
        new("profile", ColumnType.Text, "how many clients play each strategy, in the order of the strategies, `7/3/0`", "");

    /// <summary>Which draw of a seed it is.</summary>
    public static readonly Column<int> Draw = new("draw", ColumnType.Whole, "which draw of its seed it is, from 0", "");

    /// <summary>Columns of the tables behind those of variants and grid.</summary>
    public static IReadOnlyList<Column> Declared { get; } = [Profile, Draw];

    /// <summary>Their names.</summary>
    public static IReadOnlyList<string> Columns { get; } = [.. Declared.Select(column => column.Name)];

    /// <summary>What is asked of each cell's table.</summary>
    public PopulationReading Reading() => new(Confidence, Tolerance, PopulationSize, Intensities, Starts);

    /// <summary>All profiles, in their order.</summary>
    public IReadOnlyList<int[]> Profiles() => [.. Compositions.All(Clients, Strategies.Count)];
}
