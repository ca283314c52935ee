using System.Text.Json.Nodes;
using FLCrowd.Actors.Recording;
using FLCrowd.Experiments.Collections;
using FLCrowd.Experiments.Configuration;
using FLCrowd.Experiments.Dynamics;
using FLCrowd.Experiments.Figures;
using FLCrowd.Experiments.Folders;
using FLCrowd.Experiments.Hocon;
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
    public static RunSummary Write(string directory)
    {
        var run = RunDirectory.Open(directory);
        var record = run.Read();
        if (record.Parts is { } parts)
        {
            return CollectionReport.Write(run, record, parts);
        }

        var summary = record.Population is { } population ? new RunSummary(record.Swept, []) { Population = PopulationReport.Read(directory, population) }
            : record.Dynamics is { } swept ? Of(DynamicsReport.Read(directory, swept, record.Regret, record.Swept), record)
            : record.Regret is { } design ? new RunSummary(record.Swept, [], RegretReport.Read(directory, design, record.Swept))
            : RunTables.Read(directory, record.Swept);
        if (summary.Regret is { } measured)
        {
            GainTable.Write(measured, directory);
            CoalitionTable.Write(measured, directory);
        }

        if (summary.Population is { } played)
        {
            PopulationFiles.Write(played, directory);
        }

        if ((record.Configuration["experiment"] as JsonObject)?["figure"] is { } drawn && HoconWriter.Inline(drawn) is var figure && figure != "none" && summary.Cells.Count > 0)
        {
            summary = summary with { Figure = FigureFiles.Write(figure, run, record) };
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

    private static RunSummary Of(DynamicsReport dynamics, RunRecord record) => new(record.Swept, [], dynamics.Regret) { Dynamics = dynamics };
}
