using System.Globalization;
using CsvHelper;
using FLCrowd.Host.Reports;
using FLCrowd.Host.Running;

namespace FLCrowd.Host.Figures;

/// <summary>A figure's files: its plots, its data, the judged claims.</summary>
internal static class FigureFiles
{
    /// <summary>Presents a run's figure and writes its files into the run's folder.</summary>
    /// <exception cref="SettingException">A table is missing, or is not what a run writes.</exception>
    public static FigureResult Write(string name, RunDirectory run, RunRecord record)
    {
        var result = PaperFigures.Find(name, record.Swept).Present(new FigureTables(run.Path, record));
        WriteCsv(run.PathOf($"{name}.csv"), result.Data);
        WriteCsv(run.PathOf(ClaimTables.File), ClaimTables.Data(result.Claims));
        return result with { Drawn = PlotFiles.Draw(result.Plots, run.PathOf(RunDirectory.PlotsFolder)) };
    }

    /// <summary>Writes a table, numbers so that they read back to the same bits; what does not exist is empty.</summary>
    public static void WriteCsv(string path, FigureData data)
    {
        using var writer = new CsvWriter(
            new StreamWriter(path, append: false), new CsvHelper.Configuration.CsvConfiguration(CultureInfo.InvariantCulture) { NewLine = "\n" });
        foreach (var row in data.Rows.Prepend(data.Headers))
        {
            foreach (var field in row)
            {
                writer.WriteField(field is double.NaN ? "" : Convert.ToString(field, CultureInfo.InvariantCulture));
            }

            writer.NextRecord();
        }
    }
}
