using System.Globalization;
using FLCrowd.Experiments.Sweeps;
using FLCrowd.Experiments.Tables;

namespace FLCrowd.Experiments.Regret;

/// <summary>Joint deviations as a file.</summary>
internal static class CoalitionTables
{
    public const string File = "coalitions.csv";

    /// <summary>Whether anything was asked of coalitions.</summary>
    public static bool Has(RegretReport report) => report.Design.Blocks.Any(block => block.Coalitions.Count > 0);

    /// <summary>Writes <see cref="File"/>, where coalitions were asked for: for each the members' sum, every member, and the mean of the
    /// others.</summary>
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
            "coalition", "who", "effort", "batch_factor", "gamma", "gain", "standard_error", "low", "high", "replicates", "threshold",
            "verdict", .. report.Swept];
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
}
