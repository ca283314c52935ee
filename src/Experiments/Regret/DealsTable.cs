using FLCrowd.Actors.Tables;
using FLCrowd.Analysis.Regret;
using FLCrowd.Experiments.Tables;

namespace FLCrowd.Experiments.Regret;

/// <summary>A row of deals.csv.</summary>
/// <param name="Cell">Its values of the swept columns.</param>
/// <param name="Gain">What the deviation gains.</param>
internal readonly record struct DealsGainRow(IEnumerable<string> Cell, DealsGain Gain);

/// <summary>A row of deals-clients.csv.</summary>
/// <param name="Cell">Its values of the swept columns.</param>
/// <param name="Client">The client; null: the worst of each deal.</param>
/// <param name="Best">What it gains by the best deviation of each deal.</param>
internal readonly record struct DealsClientRow(IEnumerable<string> Cell, DealsClient? Client, DealsBest Best);

/// <summary>What is said across deals: deals.csv and deals-clients.csv.</summary>
internal static class DealsTable
{
    public static readonly TableSchema<DealsGainRow> Gains = new(
        "deals.csv", "one row per deviation, where regret is measured on several deals of data: `experiment.seeds` above 1",
        Column.Whole<DealsGainRow>("client", "who deviates", row => row.Gain.Deviation.Client),
        Column.Number<DealsGainRow>("effort", "", "e of the deviation", row => row.Gain.Deviation.Effort),
        Column.Number<DealsGainRow>("batch_factor", "", "its D over the assigned D'", row => row.Gain.Deviation.BatchFactor),
        Column.Number<DealsGainRow>("gamma", "", "its gamma", row => row.Gain.Deviation.Gamma),
        Column.Number<DealsGainRow>(
            "attendance", "", "the share of rounds that the deviator comes to", row => row.Gain.Deviation.Attendance)
            .OnlyWith(RegretSettings.AttendancesKey),
        Column.Text<DealsGainRow>("report", "as in regret.csv", row => row.Gain.Deviation.Report ?? "")
            .OnlyWith(RegretSettings.ReportsKey),
        Column.Whole<DealsGainRow>("deals", "on how many deals it was measured", row => row.Gain.Gain.Moments.Count),
        Column.Number<DealsGainRow>("gain", "money", "mean over deals of the gains of regret.csv", row => row.Gain.Gain.Moments.Mean),
        Column.Number<DealsGainRow>("standard_error", "money", "of the mean, over deals", row => row.Gain.Gain.Moments.StandardError),
        Column.Number<DealsGainRow>(
            "low", "money",
            "lower end of an interval for the expected gain on a deal, which holds for all deviations of the same profile at once",
            row => row.Gain.Gain.Limits.Low),
        Column.Number<DealsGainRow>("high", "money", "its upper end", row => row.Gain.Gain.Limits.High),
        Column.Measured<DealsGainRow>(
            "between", "money", "standard deviation of the gain from deal to deal, less the error of each", row => row.Gain.Gain.Between),
        Column.Measured<DealsGainRow>(
            "within", "money", "standard deviation of the gain from replicate to replicate of a deal", row => row.Gain.Gain.Within),
        Column.Number<DealsGainRow>("threshold", "money", "mean over deals of the gain that counts", row => row.Gain.Threshold),
        Column.Text<DealsGainRow>(
            "verdict", "above, below or open: where the expected gain less the threshold is, seen from 0",
            row => row.Gain.Verdict.ToString().ToLowerInvariant()),
        SweptColumns.Of<DealsGainRow>(row => row.Cell));

    public static readonly TableSchema<DealsClientRow> Clients = new(
        "deals-clients.csv", "one row per client whose deviations are measured on several deals, and one of the worst client of each deal",
        Column.Text<DealsClientRow>(
            "client", "its index, or `worst`", row => row.Client is { } client ? $"{client.Client.Client}" : "worst"),
        Column.Whole<DealsClientRow>("deals", "on how many deals it was measured", row => row.Best.Gain.Count),
        Column.Number<DealsClientRow>(
            "fixed_gain", "money", "the largest mean gain of a deviation that is the same on all deals; empty for the worst",
            row => row.Client?.Fixed.Gain.Moments.Mean),
        Column.Number<DealsClientRow>(
            "fixed_low", "money",
            "lower end of an interval for the expected gain of the best such deviation, or 0, which holds for all clients at once",
            row => row.Client?.FixedLimits.Low),
        Column.Number<DealsClientRow>("fixed_high", "money", "its upper end", row => row.Client?.FixedLimits.High),
        Column.Number<DealsClientRow>(
            "best_gain", "money", "mean over deals of the gain of the best deviation of each; expected to be too large",
            row => row.Best.Gain.Mean),
        Column.Number<DealsClientRow>("standard_error", "money", "of the mean, over deals", row => row.Best.Gain.StandardError),
        Column.Number<DealsClientRow>(
            "low", "money",
            "lower end of an interval for the expected gain of the best deviation of a deal, for all clients and the worst at once",
            row => row.Best.Limits.Low),
        Column.Number<DealsClientRow>("high", "money", "its upper end", row => row.Best.Limits.High),
        Column.Number<DealsClientRow>(
            "fresh_gain", "money", "mean over deals of what these deviations gain in replicates that had no part in choosing them",
            row => row.Best.Fresh?.Moments.Mean),
        Column.Number<DealsClientRow>("fresh_standard_error", "money", "of that mean", row => row.Best.Fresh?.Moments.StandardError),
        Column.Number<DealsClientRow>("between", "money", "as in deals.csv, of the fresh gain", row => row.Best.Fresh?.Between),
        Column.Number<DealsClientRow>("within", "money", "likewise", row => row.Best.Fresh?.Within),
        Column.Whole<DealsClientRow>("above", "on how many deals the regret is above the threshold for certain", row => row.Best.Above),
        Column.Text<DealsClientRow>(
            "verdict", "above, below or open, as in deals.csv, of the best deviation of a deal",
            row => row.Best.Verdict.ToString().ToLowerInvariant()),
        SweptColumns.Of<DealsClientRow>(row => row.Cell));

    public static IReadOnlyList<TableSchema> All { get; } = [Gains, Clients];

    /// <summary>Writes both, where there are several deals.</summary>
    /// <exception cref="Actors.Recording.DiskException">One cannot be written; what it was before stays.</exception>
    public static void Write(RegretReport report, string directory)
    {
        if (report.HasDeals)
        {
            var across = report.AcrossDeals;
            CsvFile.Write(
                directory, Gains, report.Columns,
                across.SelectMany(result => result.Gains.Select(gain => new DealsGainRow(Cell(report, result), gain))));
            CsvFile.Write(
                directory, Clients, report.Columns,
                across.SelectMany(result => Rows(result).Select(row => row with { Cell = Cell(report, result) })));
        }
    }

    /// <summary>Every client, and the worst one.</summary>
    public static IEnumerable<DealsClientRow> Rows(DealsResult result) =>
    [
        .. result.Clients.Select(client => new DealsClientRow([], client, client.Best)),
        .. result.Worst is { } worst ? [new DealsClientRow([], null, worst)] : (DealsClientRow[])[],
    ];

    /// <summary>A profile's values of the swept columns.</summary>
    public static IReadOnlyList<string> Cell(RegretReport report, DealsResult result) =>
        [.. result.Deals[0].Block.Values.Take(report.Swept.Count)];
}
