using System.Globalization;

namespace FLCrowd.Analysis.Regret;

/// <summary>One client plays another action than the profile has for it.</summary>
/// <param name="Client">Who deviates, from 0.</param>
/// <param name="Effort">e in [0, 1].</param>
/// <param name="BatchFactor">D as a multiple of the assigned D', above 0.</param>
/// <param name="Gamma">gamma, at least 0.</param>
public readonly record struct Deviation(int Client, double Effort, double BatchFactor, double Gamma)
{
    /// <summary>Attendance in [0, 1] (<see cref="ClientAction.Attendance"/>); 1: it comes whenever it is asked.</summary>
    public double Attendance { get; init; } = 1;

    /// <summary>The action, as tables show it: <c>e, D / D', gamma</c>, and the attendance where that is not 1.</summary>
    public string Action => string.Create(CultureInfo.InvariantCulture, $"{Effort}, {BatchFactor}, {Gamma}")
        + (Attendance == 1 ? "" : string.Create(CultureInfo.InvariantCulture, $", comes {Attendance}"));
}
