using System.Globalization;

namespace FLCrowd.Host.Regret;

/// <summary>One client plays another action than the profile has for it.</summary>
/// <param name="Client">Who deviates.</param>
/// <param name="Effort">e.</param>
/// <param name="BatchFactor">D as a multiple of the assigned D'.</param>
/// <param name="Gamma">gamma.</param>
internal readonly record struct Deviation(int Client, double Effort, double BatchFactor, double Gamma)
{
    /// <summary>The swept columns that tell deviations apart; empty in the rows of the profile itself.</summary>
    public static IReadOnlyList<string> Columns { get; } = ["deviator", "deviation_effort", "deviation_batch_factor", "deviation_gamma"];

    public string[] Values =>
    [
        Client.ToString(CultureInfo.InvariantCulture),
        Effort.ToString(CultureInfo.InvariantCulture),
        BatchFactor.ToString(CultureInfo.InvariantCulture),
        Gamma.ToString(CultureInfo.InvariantCulture),
    ];

    /// <summary>The deviation of a row; null: the row is of the profile itself.</summary>
    public static Deviation? Parse(IReadOnlyList<string> values) => values[0].Length == 0
        ? null
        : new Deviation(
            int.Parse(values[0], CultureInfo.InvariantCulture),
            double.Parse(values[1], CultureInfo.InvariantCulture),
            double.Parse(values[2], CultureInfo.InvariantCulture),
            double.Parse(values[3], CultureInfo.InvariantCulture));
}
