using FLCrowd.Actors.Recording;
using FLCrowd.Experiments.Folders;
using FLCrowd.Experiments.Tables;

namespace FLCrowd.Experiments.Figures;

/// <summary>A figure's files: its data, the judged claims.</summary>
internal static class FigureFiles
{
    /// <summary>Presents a run's figure and writes its files into the run's folder.</summary>
    /// <exception cref="SettingException">A table is missing, or is not what a run writes.</exception>
    public static FigureResult Write(string name, RunDirectory run, RunRecord record)
    {
        var result = PaperFigures.Find(name, record.Swept).Present(new FigureTables(run.Path, record));
        WriteCsv(run.PathOf($"{name}.csv"), result.Data);
        WriteCsv(run.PathOf(ClaimTables.File), ClaimTables.Data(result.Claims));
        return result;
    }

    /// <summary>Writes a table, numbers so that they read back to the same bits; what does not exist is empty.</summary>
    /// <exception cref="DiskException">It cannot be written.</exception>
    public static void WriteCsv(string path, FigureData data) => CsvFile.Write(
        path, data.Rows.Prepend(data.Headers).Select(row => row.Select(field => field is double.NaN ? null : field)));
}
