using System.Globalization;

namespace FLCrowd.Analysis.Regret;

/// <summary>Clients that play another action together; what is not set of it, each of them plays as the profile has it.</summary>
/// <param name="Name">Its name in tables; not a whole number, as those name single clients.</param>
/// <param name="Members">Who deviates: at least one client, in ascending order.</param>
/// <param name="Effort">e in [0, 1]; null: as the profile has it.</param>
/// <param name="BatchFactor">D as a multiple of the assigned D', above 0; null: as the profile has it.</param>
/// <param name="Gamma">gamma, at least 0; null: as the profile has it.</param>
public sealed record Coalition(string Name, IReadOnlyList<int> Members, double? Effort, double? BatchFactor, double? Gamma)
{
    /// <summary>Attendance in [0, 1] (<see cref="ClientAction.Attendance"/>); null: as the profile has it.</summary>
    public double? Attendance { get; init; }

    /// <summary>The action, as tables show it: <c>e, D / D', gamma</c>, and the attendance where that is set.</summary>
    public string Action => string.Join(
            ", ", new[] { Effort, BatchFactor, Gamma }.Select(part => part?.ToString(CultureInfo.InvariantCulture) ?? "–"))
        + (Attendance is { } share ? string.Create(CultureInfo.InvariantCulture, $", comes {share}") : "");
}
