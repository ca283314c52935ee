using System.Globalization;
using FLCrowd.Actors.Tables;
using FLCrowd.Analysis.Regret;
using FLCrowd.Analysis.Statistics;
using FLCrowd.Experiments.Tables;

namespace FLCrowd.Experiments.Regret;

/// <summary>A row of coalitions.csv.</summary>
/// <param name="Cell">Its values of the swept columns.</param>
/// <param name="Coalition">Who deviates together.</param>
/// <param name="Who">Whose gain it is.</param>
/// <param name="Gain">The gain.</param>
/// <param name="Threshold">The gain that counts; null for the others.</param>
/// <param name="Verdict">Where the gain is, seen from the threshold; null for the others.</param>
internal readonly record struct CoalitionRow(
    IEnumerable<string> Cell, Coalition Coalition, string Who, PairedMean Gain, double? Threshold, GainVerdict? Verdict)
{
    /// <summary>The seed of the deal; null: there is only one.</summary>
    public ulong? Deal { get; init; }
}

/// <summary>coalitions.csv: for each coalition the members' sum, every member, and the mean of the others.</summary>
internal static class CoalitionTable
{
    /// <summary>Whether anything was asked of coalitions.</summary>
    public static bool Has(RegretReport report) => report.Design.Blocks.Any(block => block.Coalitions.Count > 0);

    public static readonly TableSchema<CoalitionRow> Schema = new(
        "coalitions.csv", "one row per coalition and who gains, where `experiment.regret.coalitions` has any",
        Column.Text<CoalitionRow>("coalition", "name of the joint deviation", row => row.Coalition.Name),
        Column.Text<CoalitionRow>(
            "who",
            "`members`: the sum of their gains; a client's index: that member's gain; `others`: the mean change of the payoff of a "
            + "client outside",
            row => row.Who),
        Column.Number<CoalitionRow>(
            "effort", "", "e of the deviation; where it is empty, each member plays as the profile has it", row => row.Coalition.Effort),
        Column.Number<CoalitionRow>("batch_factor", "", "its D over the assigned D', likewise", row => row.Coalition.BatchFactor),
        Column.Number<CoalitionRow>("gamma", "", "its gamma, likewise", row => row.Coalition.Gamma),
        Column.Number<CoalitionRow>("attendance", "", "the share of rounds that members come to, likewise", row => row.Coalition.Attendance)
            .OnlyWith(RegretSettings.AttendancesKey),
        Column.Number<CoalitionRow>("gain", "money", "as in regret.csv", row => row.Gain.Moments.Mean),
        Column.Number<CoalitionRow>("standard_error", "money", "as in regret.csv", row => row.Gain.Moments.StandardError),
        Column.Number<CoalitionRow>(
            "low", "money", "lower end of an interval that holds for all rows of the same profile at once", row => row.Gain.Limits.Low),
        Column.Number<CoalitionRow>("high", "money", "its upper end", row => row.Gain.Limits.High),
        Column.Whole<CoalitionRow>("replicates", "as in regret.csv", row => row.Gain.Moments.Count),
        Column.Number<CoalitionRow>(
            "threshold", "money",
            "the gain that counts: `tolerance` times the member's mean cost in the profile, or the sum of the members'",
            row => row.Threshold),
        Column.Text<CoalitionRow>(
            "verdict", "above, below or open, as in regret.csv; empty for the others", row => row.Verdict?.ToString().ToLowerInvariant()),
        Column.Seed<CoalitionRow>("seed", "as in regret.csv", row => row.Deal ?? 0).OnlyWith(RegretDeals.SeedsKey),
        SweptColumns.Of<CoalitionRow>(row => row.Cell));

    /// <summary>Writes it, where coalitions were asked for.</summary>
    /// <exception cref="Actors.Recording.DiskException">It cannot be written; what it was before stays.</exception>
    public static void Write(RegretReport report, string directory)
    {
        if (report.Design.Blocks.Any(block => block.Coalitions.Count > 0))
        {
            CsvFile.Write(
                directory, Schema, report.Columns,
                report.Blocks.SelectMany(block => Rows(report, block).Select(row => row with { Deal = block.Block.Deal })));
        }
    }

    private static IEnumerable<CoalitionRow> Rows(RegretReport report, RegretResult block)
    {
        var cell = block.Block.Values.Take(report.Swept.Count).ToList();
        foreach (var gain in block.Coalitions)
        {
            yield return new(cell, gain.Coalition, "members", gain.Total, gain.Threshold, gain.Verdict);
            foreach (var member in gain.Members)
            {
                yield return new(
                    cell, gain.Coalition, member.Client.ToString(CultureInfo.InvariantCulture), member.Gain, member.Threshold,
                    member.Verdict);
            }

            if (gain.Others is { } others)
            {
                yield return new(cell, gain.Coalition, "others", others, null, null);
            }
        }
    }
}
