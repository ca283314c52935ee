using FLCrowd.Analysis.Regret;
using FLCrowd.Experiments.Sweeps;
using FLCrowd.Experiments.Tables;

namespace FLCrowd.Experiments.Regret;

/// <summary>What a regret experiment found, from the tables of its run.</summary>
/// <param name="Design">What was asked.</param>
/// <param name="Swept">The columns of variants and grid.</param>
/// <param name="Blocks">What was found, block by block.</param>
internal sealed record RegretReport(RegretDesign Design, IReadOnlyList<string> Swept, IReadOnlyList<RegretResult> Blocks)
{
    public const string File = "regret.csv";

    /// <exception cref="SettingException">A table is missing, or is not what a run writes.</exception>
    /// <param name="directory">The run's folder.</param>
    /// <param name="design">What was asked.</param>
    /// <param name="columns">The tables' columns for variants, grid and deviations.</param>
    /// <param name="hidden">How many columns before those of deviations are not for people.</param>
    /// <param name="exact">The gains of blocks where they are known in closed form; null: they were played.</param>
    public static RegretReport Read(string directory, RegretDesign design, IReadOnlyList<string> columns, int hidden = 0, Func<RegretBlock, ExactGains?>? exact = null)
    {
        var plays = new Dictionary<int, RegretPlay>();
        foreach (var row in RunTables.Rows(directory, "episodes.csv"))
        {
            plays[row.Whole("episode")] = RegretPlay.Parse([.. columns.Select(row.Text)]);
        }

        var samples = new RegretSamples(design);
        foreach (var row in RunTables.Rows(directory, "clients.csv"))
        {
            samples.Add(plays[row.Whole("episode")], row.Whole("client"), row.Number("payoff"), row.Number("cost"));
        }

        return new RegretReport(
            design,
            [.. columns.SkipLast(hidden + RegretPlay.Columns.Count)],
            [.. design.Blocks.Select(block => exact?.Invoke(block) is { } gains
                ? ExactRegret.Of(design, block, gains, samples.Of(block))
                : RegretAnalysis.Of(design, block, samples.Of(block)))]);
    }

    /// <summary>Writes what was found as tables for programs.</summary>
    /// <exception cref="Actors.Recording.DiskException">One cannot be written.</exception>
    public void Write(string directory)
    {
        WriteCsv(directory);
        CoalitionTables.WriteCsv(this, directory);
    }

    /// <summary>Writes every deviation to <see cref="File"/>.</summary>
    public void WriteCsv(string directory)
    {
        CsvFile.Write(Path.Combine(directory, File), Rows());
    }

    private IEnumerable<object?[]> Rows()
    {
        yield return [
            "client", "effort", "batch_factor", "gamma", "gain", "standard_error", "low", "high", "replicates", "threshold", "verdict",
            "regret_limit", "fresh_gain", "fresh_standard_error", .. Swept];
        foreach (var block in Blocks)
        {
            var best = block.Clients.ToDictionary(client => client.Best.Deviation, client => client.Fresh);
            foreach (var gain in block.Gains)
            {
                var fresh = best.GetValueOrDefault(gain.Deviation);
                yield return [
                    gain.Deviation.Client, gain.Deviation.Effort, gain.Deviation.BatchFactor, gain.Deviation.Gamma, gain.Mean, gain.StandardError,
                    gain.Limits.Low, gain.Limits.High, gain.Replicates, gain.Threshold, gain.Verdict.ToString().ToLowerInvariant(), gain.RegretLimit,
                    fresh?.Mean, fresh?.StandardError, .. block.Block.Values.Take(Swept.Count)];
            }
        }
    }
}
