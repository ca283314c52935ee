using System.Text.Json.Nodes;
using FLCrowd.Actors.Recording;
using FLCrowd.Experiments.Collections;
using FLCrowd.Experiments.Configuration;
using FLCrowd.Experiments.Dynamics;
using FLCrowd.Experiments.Figures;
using FLCrowd.Experiments.Folders;
using FLCrowd.Experiments.Hocon;
using FLCrowd.Experiments.Kinds;
using FLCrowd.Experiments.Population;
using FLCrowd.Experiments.Regret;
using FLCrowd.Experiments.Sweeps;

namespace FLCrowd.Experiments.Rendering;

/// <summary>Everything that a run directory has for people, made from its tables and its record.</summary>
internal static class Report
{
    /// <summary>Draws the plots and writes the report.</summary>
    /// <returns>What came out.</returns>
    /// <exception cref="SettingException">A table is missing, or is not what a run writes.</exception>
    /// <exception cref="DiskException">A file cannot be written.</exception>
    public static RunSummary Write(string directory, ExperimentKinds? kinds = null)
    {
        var run = RunDirectory.Open(directory);
        var record = run.Read();
        var kind = (kinds ?? ExperimentList.BuiltIn).Find(record.Kind)
            ?? throw new SettingException(run.PathOf(RunDirectory.RecordFile), $"is of an experiment of kind '{record.Kind}', which this program does not have");
        var summary = kind.Report(run, record);
        if (record.Parts is not null)
        {
            return summary;
        }

        var folder = run.PathOf(RunDirectory.PlotsFolder);
        var plots = summary.Population is { } populations ? PlotFiles.DrawAll(PopulationPlots.All(populations), folder)
            : summary.Dynamics is { } dynamics ? PlotFiles.Draw(dynamics, folder)
            : summary.Regret is { } regret ? PlotFiles.Draw(regret, folder)
            : summary.Figure is null && summary.Cells.Count > 0 ? PlotFiles.Draw(summary, folder)
            : [];
        Disk.WriteText(run.PathOf(RunDirectory.ReportFile), HtmlReport.Render(record, summary, plots));
        return summary;
    }
}
