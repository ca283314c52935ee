using FLCrowd.Actors.Recording;
using FLCrowd.Experiments.Folders;
using FLCrowd.Experiments.Kinds;
using FLCrowd.Experiments.Preparation;
using FLCrowd.Experiments.Results;
using FLCrowd.Experiments.Sweeps;

namespace FLCrowd.Experiments.Runs;

/// <summary>What a run found, made from its tables and its record.</summary>
internal static class RunReport
{
    /// <summary>Makes the findings again, and the files that follow from the tables, and has the findings rendered; for a collection those
    /// of its parts first.</summary>
    /// <param name="directory">The run's folder.</param>
    /// <param name="observer">Renders them.</param>
    /// <param name="kinds">All kinds of experiments.</param>
    /// <returns>What came out.</returns>
    /// <exception cref="SettingException">A table is missing, or is not what a run writes.</exception>
    /// <exception cref="DiskException">A file cannot be written.</exception>
    public static Findings Write(string directory, IRunObserver observer, ExperimentKinds kinds)
    {
        var run = RunDirectory.Open(directory);
        var record = run.Read();
        foreach (var part in (record.Parts ?? []).Select(run.PathOf).Where(part => RunDirectory.IsRun(part) && RunTables.HasEpisodes(part)))
        {
            Write(part, observer, kinds);
        }

        var findings = Of(run, record, kinds);
        observer.Render(run, record, findings);
        return findings;
    }

    /// <summary>Makes the findings again, and the files that follow from the tables.</summary>
    /// <inheritdoc cref="Write"/>
    /// <param name="run">The run's folder.</param>
    /// <param name="record">What it says of the run.</param>
    /// <param name="kinds">All kinds of experiments.</param>
    public static Findings Of(RunDirectory run, RunRecord record, ExperimentKinds kinds)
    {
        var kind = kinds.Find(record.Kind) ?? throw new SettingException(
            run.PathOf(RunDirectory.RecordFile), $"is of an experiment of kind '{record.Kind}', which this program does not have");
        var findings = kind.Findings(run, record);
        return findings with { Items = [.. findings.Items, .. HoldingsFindings.Of(run.Path)], Asked = record.Asked };
    }
}
