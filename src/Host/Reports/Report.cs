using FLCrowd.Host.Running;

namespace FLCrowd.Host.Reports;

/// <summary>Everything that a run directory has for people, made from its tables and its record.</summary>
internal static class Report
{
    /// <summary>Draws the plots and writes the report.</summary>
    /// <returns>What came out.</returns>
    /// <exception cref="SettingException">A table is missing, or is not what a run writes.</exception>
    public static RunSummary Write(string directory)
    {
        var run = RunDirectory.Open(directory);
        var record = run.Read();
        var summary = RunTables.Read(directory, record.Swept);
        var plots = summary.Cells.Count == 0 ? [] : PlotFiles.Draw(summary, run.PathOf(RunDirectory.PlotsFolder));
        File.WriteAllText(run.PathOf(RunDirectory.ReportFile), HtmlReport.Render(record, summary, plots));
        return summary;
    }
}
