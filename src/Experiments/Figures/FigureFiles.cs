using FLCrowd.Actors.Tables;
using FLCrowd.Experiments.Folders;

namespace FLCrowd.Experiments.Figures;

/// <summary>A figure's files: its data, the judged claims.</summary>
internal static class FigureFiles
{
    /// <summary>Presents a run's figure and writes its files into the run's folder.</summary>
    /// <exception cref="SettingException">A table is missing, or is not what a run writes.</exception>
    public static FigureResult Write(string name, RunDirectory run, RunRecord record)
    {
        var result = PaperFigures.Find(name, record.Swept).Present(new FigureTables(run.Path, record));
        result.Data.Write(run.Path, RunColumns.None);
        ClaimTable.Data(result.Claims).Write(run.Path, RunColumns.None);
        return result;
    }
}
