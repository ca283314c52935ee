using FLCrowd.Actors.Tables;
using FLCrowd.Analysis.Regret;
using FLCrowd.Analysis.Statistics;
using FLCrowd.Experiments.Tables;

namespace FLCrowd.Experiments.Regret;

/// <summary>A row of regret.csv.</summary>
/// <param name="Cell">Its values of the swept columns.</param>
/// <param name="Gain">What the deviation gains.</param>
/// <param name="Fresh">The same in replicates that had no part in choosing it; null where it is not its client's best one.</param>
/// <param name="Deal">The seed of the deal; null: there is only one.</param>
internal readonly record struct GainRow(IEnumerable<string> Cell, DeviationGain Gain, Moments? Fresh, ulong? Deal);

/// <summary>regret.csv.</summary>
internal static class GainTable
{
    public static readonly TableSchema<GainRow> Schema = new(
        "regret.csv", "one row per deviation, where regret is measured",
        Column.Whole<GainRow>("client", "who deviates", row => row.Gain.Deviation.Client),
        Column.Number<GainRow>("effort", "", "e of the deviation", row => row.Gain.Deviation.Effort),
        Column.Number<GainRow>("batch_factor", "", "its D over the assigned D'", row => row.Gain.Deviation.BatchFactor),
        Column.Number<GainRow>("gamma", "", "its gamma", row => row.Gain.Deviation.Gamma),
        Column.Number<GainRow>(
            "attendance", "", "the share of rounds that the deviator comes to", row => row.Gain.Deviation.Attendance)
            .OnlyWith(RegretSettings.AttendancesKey),
        Column.Text<GainRow>("report", "what it reports round by round; empty: w + gamma (w_H - w)", row => row.Gain.Deviation.Report ?? "")
            .OnlyWith(RegretSettings.ReportsKey),
        Column.Number<GainRow>(
            "gain", "money", "mean over replicates of the deviator's payoff less its payoff in the profile; not clipped",
            row => row.Gain.Mean),
        Column.Number<GainRow>("standard_error", "money", "of the mean", row => row.Gain.StandardError),
        Column.Number<GainRow>(
            "low", "money", "lower end of an interval that holds for all deviations of the same profile at once",
            row => row.Gain.Limits.Low),
        Column.Number<GainRow>("high", "money", "its upper end", row => row.Gain.Limits.High),
        Column.Whole<GainRow>("replicates", "how often the deviation was played, fresh replicates left out", row => row.Gain.Replicates),
        Column.Number<GainRow>(
            "threshold", "money", "the gain that counts: `tolerance` times the client's mean cost in the profile",
            row => row.Gain.Threshold),
        Column.Text<GainRow>(
            "verdict", "above, below or open: where the interval is, seen from the threshold",
            row => row.Gain.Verdict.ToString().ToLowerInvariant()),
        Column.Number<GainRow>(
            "regret_limit", "money",
            "the upper limit of the client's regret is the largest of these, or 0 (docs/theory.md, \"Measuring regret\")",
            row => row.Gain.RegretLimit),
        Column.Number<GainRow>(
            "fresh_gain", "money", "the gain in replicates that had no part in choosing the deviation; for each client's best one",
            row => row.Fresh?.Mean),
        Column.Number<GainRow>("fresh_standard_error", "money", "of that mean", row => row.Fresh?.StandardError),
        Column.Seed<GainRow>("seed", "the deal of data and terms, where there are several", row => row.Deal ?? 0)
            .OnlyWith(RegretDeals.SeedsKey),
        SweptColumns.Of<GainRow>(row => row.Cell));

    /// <summary>Writes every deviation.</summary>
    /// <exception cref="Actors.Recording.DiskException">It cannot be written; what it was before stays.</exception>
    public static void Write(RegretReport report, string directory) => CsvFile.Write(
        directory, Schema, report.Columns,
        report.Blocks.SelectMany(block => Rows(report, block)));

    private static IEnumerable<GainRow> Rows(RegretReport report, RegretResult block)
    {
        var best = block.Clients.ToDictionary(client => client.Best.Deviation, client => client.Fresh);
        return block.Gains.Select(gain => new GainRow(
            block.Block.Values.Take(report.Swept.Count), gain, best.GetValueOrDefault(gain.Deviation), block.Block.Deal));
    }
}
