using System.Globalization;
using FLCrowd.Analysis.Regret;
using FLCrowd.Analysis.Statistics;
using FLCrowd.Experiments.Sweeps;
using FLCrowd.Experiments.Tables;

namespace FLCrowd.Experiments.Regret;

/// <summary>Joint deviations as a table, the same on the terminal and in the report, and as a file.</summary>
internal static class CoalitionTables
{
    public const string File = "coalitions.csv";

    private const string Amount = "0.00;-0.00;0.00";

    /// <summary>Whether anything was asked of coalitions.</summary>
    public static bool Has(RegretReport report) => report.Design.Blocks.Any(block => block.Coalitions.Count > 0);

    /// <summary>What each coalition gains, and what the others lose by it.</summary>
    public static SummaryTable Gains(RegretReport report) => new(
        "Would clients deviate together? Gains of coalitions",
        report.Swept.Count + 1,
        [
            .. report.Swept, "coalition", "members", "e, D/D', gamma", "plays", "total gain", "at least", "at most", "counts", "per member",
            "least", "most", "all gain", "others",
        ],
        [.. report.Blocks.SelectMany(block => block.Coalitions.Select(gain => (IReadOnlyList<string>)[
            .. block.Block.Values.Take(report.Swept.Count),
            gain.Coalition.Name,
            Numbers.Count(gain.Members.Count),
            gain.Coalition.Action,
            Numbers.Count(gain.Replicates),
            Numbers.Text(gain.Total.Moments, Amount),
            Numbers.Money(gain.Total.Limits.Low),
            Numbers.Money(gain.Total.Limits.High),
            Word(gain.Verdict),
            Numbers.Text(gain.PerMember, Amount),
            Numbers.Money(gain.Members.Min(member => member.Gain.Moments.Mean)),
            Numbers.Money(gain.Members.Max(member => member.Gain.Moments.Mean)),
            Word(gain.Everyone),
            gain.Others is { } others ? Numbers.Text(others.Moments, Amount) : "–",
        ]))]);

    /// <summary>How to read the table.</summary>
    public static string Explanation(RegretReport report) => string.Create(
        CultureInfo.InvariantCulture,
        $"Money. All members deviate at once, the others play on; – is as the profile plays. The total gain counts above {report.Design.Tolerance:0.###} of the members' costs; "
        + $"least, most: the mean gains of the members who get least and most; all gain: whether each counts by itself; others: the mean change of a client outside. "
        + $"Intervals ({report.Design.Confidence:0.####}) hold for all coalitions, members and stages at once. Deviations are constant for a whole episode. Each member's gain is in {File}.");

    /// <summary>Writes <see cref="File"/>, where coalitions were asked for: for each the members' sum, every member, and the mean of the others.</summary>
    public static void WriteCsv(RegretReport report, string directory)
    {
        if (!Has(report))
        {
            return;
        }

        CsvFile.Write(Path.Combine(directory, File), Rows(report));
    }

    private static IEnumerable<object?[]> Rows(RegretReport report)
    {
        yield return [
            "coalition", "who", "effort", "batch_factor", "gamma", "gain", "standard_error", "low", "high", "replicates", "threshold", "verdict", .. report.Swept];
        foreach (var block in report.Blocks)
        {
            foreach (var gain in block.Coalitions)
            {
                yield return Row("members", gain.Total, gain.Threshold, gain.Verdict);
                foreach (var member in gain.Members)
                {
                    yield return Row(member.Client, member.Gain, member.Threshold, member.Verdict);
                }

                if (gain.Others is { } others)
                {
                    yield return Row("others", others, null, null);
                }

                object?[] Row(object who, PairedMean mean, double? threshold, GainVerdict? verdict) => [
                    gain.Coalition.Name, who, gain.Coalition.Effort, gain.Coalition.BatchFactor, gain.Coalition.Gamma, mean.Moments.Mean,
                    mean.Moments.StandardError, mean.Limits.Low, mean.Limits.High, mean.Moments.Count, threshold,
                    verdict?.ToString().ToLowerInvariant(), .. block.Block.Values.Take(report.Swept.Count)];
            }
        }
    }

    private static string Word(GainVerdict verdict) => verdict switch
    {
        GainVerdict.Above => "yes",
        GainVerdict.Below => "no",
        _ => "open",
    };
}
