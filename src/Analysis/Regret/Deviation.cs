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

    /// <summary>What it reports round by round, as the option <c>report</c> of the strategy <c>fixed</c> says it; null: the same
    /// w + gamma (w_H - w) in all rounds.</summary>
    public string? Report { get; init; }

    /// <summary>The action, as tables show it: <c>e, D / D', gamma</c>, the attendance where it is not 1, a report that changes.</summary>
    public string Action => string.Create(CultureInfo.InvariantCulture, $"{Effort}, {BatchFactor}, {Gamma}")
        + (Attendance == 1 ? "" : string.Create(CultureInfo.InvariantCulture, $", comes {Attendance}"))
        + (Report is null ? "" : $", {Report}");
}
