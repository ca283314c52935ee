namespace FLCrowd.Host.Configuration;

/// <summary>The section <c>experiment.regret</c>: which deviations from a profile are measured, and how often.</summary>
/// <param name="Clients">Whose deviations; null: those of the first client of each entry of <c>clients</c>.</param>
/// <param name="Efforts">e of the grid.</param>
/// <param name="BatchFactors">D of the grid, as multiples of the assigned D'.</param>
/// <param name="Gammas">gamma of the grid.</param>
/// <param name="Replicates">Paired plays of the profile and of every deviation.</param>
/// <param name="Confidence">Simultaneous confidence of the intervals, in (0, 1).</param>
internal sealed record RegretSettings(
    IReadOnlyList<int>? Clients,
    IReadOnlyList<double> Efforts,
    IReadOnlyList<double> BatchFactors,
    IReadOnlyList<double> Gammas,
    int Replicates,
    double Confidence)
{
    public static RegretSettings Read(Section section)
    {
        var settings = new RegretSettings(
            section.WholesOr("clients", 0, "one-per-entry") is { Length: > 0 } ids ? [.. ids.Distinct()] : null,
            section.Numbers("efforts", Bounds.Between(0, 1)),
            section.Numbers("batch-factors", Bounds.Above(0)),
            section.Numbers("gammas", Bounds.AtLeast(0)),
            section.Whole("replicates", 4),
            section.Number("confidence", Bounds.Between(0.5, 0.9999)));
        section.Done();
        return settings;
    }
}
